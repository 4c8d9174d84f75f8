using B2Sdk.Wire;

namespace B2Sdk.Sessions;

internal sealed partial class Session
{
    private readonly Lock _firstLock = new();
    private Task<AccountAuthorization>? _first;

    /// <summary>Called after each authorization.</summary>
    public void OnAuthorized(Func<AccountAuthorization, ValueTask> action) => _authorizer.Authorized = action;

    public async Task<AccountAuthorization> AuthorizeAsync(B2Credentials credentials, CancellationToken cancellationToken)
    {
        Realms.Resolve(credentials.Realm, _options.AllowInsecureRealm);
        return await RunAsync(
                (_, _) => _authorizer.AuthorizeAsync(credentials, cancellationToken),
                new() { Name = AccountEndpoints.Authorize, IsFirstContact = true },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public async ValueTask<AccountAuthorization> GetAuthorizationAsync(CancellationToken cancellationToken) =>
        await _authorizer.FindAsync(cancellationToken).ConfigureAwait(false)
        ?? await AuthorizeFirstAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Sees once whether the service can be reached and takes the key.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await _authorizer.FindAsync(cancellationToken).ConfigureAwait(false) is { } authorization)
        {
            await _authorizer.CheckAsync(authorization, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _authorizer
                .AuthorizeAsync(await AskForCredentialsAsync(cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Authorizes with the credentials of the options, once for all callers who need it.</summary>
    private async Task<AccountAuthorization> AuthorizeFirstAsync(CancellationToken cancellationToken)
    {
        Task<AccountAuthorization> flight;
        lock (_firstLock)
        {
            // It belongs to nobody in particular: a caller who leaves does not end it for the others.
            flight = _first is { IsCompleted: false } running ? running : _first = AuthorizeFirstAsync();
        }
        try
        {
            return await flight.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (B2Exception e)
        {
            // The others who waited got the very same exception; this caller's is its own.
            throw e.Copy();
        }
    }

    private async Task<AccountAuthorization> AuthorizeFirstAsync() =>
        await _authorizer.FindAsync(CancellationToken.None).ConfigureAwait(false)
        ?? await AuthorizeAsync(await AskForCredentialsAsync(CancellationToken.None).ConfigureAwait(false), CancellationToken.None)
            .ConfigureAwait(false);

    private ValueTask<B2Credentials> AskForCredentialsAsync(CancellationToken cancellationToken) =>
        _options.Credentials?.Invoke(cancellationToken) ?? throw new MissingAccountDataException();
}
