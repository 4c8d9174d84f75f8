using System.Net;
using System.Runtime.CompilerServices;
using B2Sdk.Sessions;
using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class B2Api
{
    /// <summary>Creates an application key.</summary>
    /// <remarks>
    /// <see cref="CapabilityPresets"/> has sets of capabilities for usual jobs. A call whose answer was lost is not repeated, as each would leave another key behind: when it fails so, look
    /// for the key with <see cref="ListKeysAsync"/> and delete it.
    /// </remarks>
    /// <param name="keyName">1 to 100 letters, digits and hyphens; need not be unique.</param>
    /// <param name="capabilities">What the key may do; at least one thing.</param>
    /// <param name="options">To what it is restricted; null for nothing.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The key, with <see cref="CreatedApplicationKey.Key"/>, which B2 shows this once.</returns>
    /// <exception cref="ArgumentException">The name, the capabilities or an option cannot be a key's. Nothing was sent.</exception>
    /// <exception cref="B2UnauthorizedException">This key may not create keys.</exception>
    /// <exception cref="B2Exception">B2 refused, as it does a bucket-restricted key that is to manage keys or buckets.</exception>
    public async Task<CreatedApplicationKey> CreateKeyAsync(
        string keyName,
        IEnumerable<Capability> capabilities,
        CreateKeyOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        KeyNameRules.Validate(keyName, nameof(keyName));
        ArgumentNullException.ThrowIfNull(capabilities);
        options ??= new();
        KeyNameRules.Validate(options, nameof(options));
        IReadOnlyList<Capability> wanted = [.. capabilities.Distinct()];
        if (wanted.Count == 0)
        {
            throw new ArgumentException("The key is to have no capability; B2 demands at least one.", nameof(capabilities));
        }
        var accountId = (await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false)).AccountId;
        var request = new CreateKeyRequest
        {
            AccountId = accountId,
            KeyName = keyName,
            Capabilities = wanted,
            ValidDurationInSeconds = (long?)options.ValidFor?.TotalSeconds,
            BucketIds = options.BucketIds,
            NamePrefix = string.IsNullOrEmpty(options.NamePrefix) ? null : options.NamePrefix,
        };
        var created = await _session.CallAsync(KeyEndpoints.Create, request, cancellationToken).ConfigureAwait(false);
        return created with { AccountId = created.AccountId ?? accountId };
    }

    /// <summary>Lists the application keys of the account, in the order of their ids. The master key is not among them.</summary>
    /// <remarks>Pages of 1,000 are fetched as they are needed.</remarks>
    /// <param name="startApplicationKeyId">The id to begin at, whether or not a key has it; null for the first.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="B2UnauthorizedException">This key may not list keys.</exception>
    public async IAsyncEnumerable<ApplicationKey> ListKeysAsync(
        string? startApplicationKeyId = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var next = startApplicationKeyId;
        var chain = new PageChain<string?>(KeyEndpoints.List.Operation, subject: null, next);
        do
        {
            var page = await ListKeysPageAsync(next, 1000, cancellationToken).ConfigureAwait(false);
            foreach (var key in page.Keys)
            {
                yield return key;
            }
            next = page.NextApplicationKeyId is { } more ? chain.Next(more) : null;
        } while (next is not null);
    }

    /// <summary>Returns the application key with that id; null when there is none, or it has expired.</summary>
    /// <param name="applicationKeyId">The key's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2UnauthorizedException">This key may not list keys.</exception>
    public async Task<ApplicationKey?> FindKeyAsync(string applicationKeyId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(applicationKeyId);
        var page = await ListKeysPageAsync(applicationKeyId, 1, cancellationToken).ConfigureAwait(false);
        return page.Keys.FirstOrDefault(key => key.ApplicationKeyId == applicationKeyId);
    }

    /// <summary>Deletes an application key. Tokens that were made with it end too.</summary>
    /// <param name="applicationKeyId">The key's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2UnauthorizedException">This key may not delete keys.</exception>
    /// <exception cref="B2Exception"><see cref="B2ErrorCode.BadRequest"/> when there is no such key.</exception>
    public async Task DeleteKeyAsync(string applicationKeyId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(applicationKeyId);
        try
        {
            await _session
                .CallAsync(KeyEndpoints.Delete, new() { ApplicationKeyId = applicationKeyId }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (B2Exception e) when (e.Status == HttpStatusCode.BadRequest && e.FollowsLostAnswer)
        {
            // An earlier attempt deleted it, and its answer was lost.
        }
    }

    /// <inheritdoc cref="DeleteKeyAsync(string, CancellationToken)"/>
    /// <param name="key">The key, as it comes from a listing or from its creation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task DeleteKeyAsync(ApplicationKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DeleteKeyAsync(key.ApplicationKeyId, cancellationToken);
    }

    private async Task<ListKeysResponse> ListKeysPageAsync(string? start, int count, CancellationToken cancellationToken)
    {
        var accountId = (await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false)).AccountId;
        return await _session
            .CallAsync(
                KeyEndpoints.List,
                new()
                {
                    AccountId = accountId,
                    MaxKeyCount = count,
                    StartApplicationKeyId = start,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
