using B2Sdk.Diagnostics;
using B2Sdk.Wire;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Sessions;

/// <summary>Holds the authorization of a client, and gets another when it is refused: once for all who were refused with it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Authorizer(AccountInfo accountInfo, B2ApiOptions options, WireClient wire, ILogger log) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _renewalLock = new();
    private volatile AccountAuthorization? _current;
    private (Secret Refused, Task Flight)? _renewal;

    /// <summary>Called after each authorization.</summary>
    public Func<AccountAuthorization, ValueTask> Authorized { get; set; } = static _ => default;

    /// <summary>The authorization that there is; null when there is none, or none of the key that is to be used.</summary>
    public async ValueTask<AccountAuthorization?> FindAsync(CancellationToken cancellationToken)
    {
        if (_current is { } current)
        {
            return current;
        }
        var stored = await accountInfo.LoadAsync(cancellationToken).ConfigureAwait(false);
        if (
            stored is null
            || (options.Credentials is { } ask && CredentialsOf(stored) != await ask(cancellationToken).ConfigureAwait(false))
        )
        {
            return null;
        }
        return _current = stored;
    }

    /// <summary>Authorizes, one caller at a time.</summary>
    public async Task<AccountAuthorization> AuthorizeAsync(B2Credentials credentials, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AuthorizeOnceAsync(credentials, isKept: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Authorizes again, once for all callers who were refused with the same token. What comes of it, good or bad, comes to all of them.</summary>
    public Task RenewAsync(AccountAuthorization refused, CancellationToken cancellationToken)
    {
        Task flight;
        lock (_renewalLock)
        {
            if (
                _renewal is { } running
                && running.Refused == refused.AuthorizationToken
                && !(running.Flight.IsFaulted || running.Flight.IsCanceled)
            )
            {
                flight = running.Flight;
            }
            else
            {
                // It belongs to nobody in particular: a caller who leaves does not end it for the others.
                flight = RenewAsync(refused);
                _renewal = (refused.AuthorizationToken, flight);
            }
        }
        return flight.WaitAsync(cancellationToken);
    }

    /// <summary>Sees whether the service takes the key. Nothing is kept of it.</summary>
    public Task CheckAsync(AccountAuthorization authorization, CancellationToken cancellationToken) =>
        wire.AuthorizeAsync(
            Realms.Resolve(authorization.Realm, options.AllowInsecureRealm),
            authorization.ApplicationKeyId,
            authorization.ApplicationKey,
            cancellationToken
        );

    public void Dispose() => _turn.Dispose();

    private async Task RenewAsync(AccountAuthorization refused)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_current is { } current && current.AuthorizationToken != refused.AuthorizationToken)
            {
                return;
            }
            var credentials = options.Credentials is { } ask
                ? await ask(CancellationToken.None).ConfigureAwait(false)
                : CredentialsOf(refused);
            // Another process may have authorized already; or it has logged in to another account, which is no business of this client.
            var stored = await accountInfo.LoadAsync().ConfigureAwait(false);
            if (stored is not null && stored.AuthorizationToken != refused.AuthorizationToken && CredentialsOf(stored) == credentials)
            {
                _current = stored;
                return;
            }
            await AuthorizeOnceAsync(credentials, isKept: stored?.IsSameAccountAs(refused) != false, CancellationToken.None)
                .ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<AccountAuthorization> AuthorizeOnceAsync(B2Credentials credentials, bool isKept, CancellationToken cancellationToken)
    {
        var (realm, keyId, key) = credentials;
        var realmUrl = Realms.Resolve(realm, options.AllowInsecureRealm);
        var answer = await wire.AuthorizeAsync(realmUrl, keyId, key, cancellationToken).ConfigureAwait(false);
        var storage = answer.ApiInfo.StorageApi;
        Realms.CheckGivenUrl(realmUrl, storage.ApiUrl, "apiUrl", AccountEndpoints.Authorize);
        Realms.CheckGivenUrl(realmUrl, storage.DownloadUrl, "downloadUrl", AccountEndpoints.Authorize);
        CheckPartSizes(storage);
        var authorization = new AccountAuthorization
        {
            AccountId = answer.AccountId,
            ApplicationKeyId = keyId,
            ApplicationKey = key,
            AuthorizationToken = answer.AuthorizationToken,
            Realm = realm,
            ApiUrl = storage.ApiUrl,
            DownloadUrl = storage.DownloadUrl,
            S3ApiUrl = storage.S3ApiUrl,
            RecommendedPartSize = storage.RecommendedPartSize,
            AbsoluteMinimumPartSize = storage.AbsoluteMinimumPartSize,
            Allowed = storage.Allowed,
            ApplicationKeyExpirationTimestamp = answer.ApplicationKeyExpirationTimestamp,
        };
        if (isKept)
        {
            await accountInfo.SaveAsync(authorization, cancellationToken).ConfigureAwait(false);
        }
        _current = authorization;
        Log.Authorized(log, authorization.AccountId, realmUrl.GetLeftPart(UriPartial.Authority));
        await Authorized(authorization).ConfigureAwait(false);
        return authorization;
    }

    // Sizes are divided by these.
    private static void CheckPartSizes(StorageApiInfo storage)
    {
        if (storage.AbsoluteMinimumPartSize < 1 || storage.RecommendedPartSize < 1)
        {
            throw new B2Exception(
                $"{AccountEndpoints.Authorize}: the service answered with parts of at least {storage.AbsoluteMinimumPartSize} bytes and {storage.RecommendedPartSize} recommended; a part has 1 at least."
            )
            {
                Operation = AccountEndpoints.Authorize,
            };
        }
    }

    private static B2Credentials CredentialsOf(AccountAuthorization authorization) =>
        new(authorization.Realm, authorization.ApplicationKeyId, authorization.ApplicationKey);
}
