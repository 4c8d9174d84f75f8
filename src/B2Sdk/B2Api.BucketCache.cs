namespace B2Sdk;

public sealed partial class B2Api
{
    // The map of buckets is kept by an account info: the given one, one of our own, or none.
    private readonly AccountInfo? _bucketMap;

    /// <summary>Returns the bucket with that name without asking B2, when the bucket cache knows it; asks otherwise.</summary>
    /// <remarks>
    /// A bucket from the cache has its name and id, which is all that uploads, downloads and listings need; its settings are empty. One that was deleted meanwhile is noticed by the first
    /// call that uses it. <see cref="GetBucketByNameAsync"/> always asks.
    /// </remarks>
    /// <param name="bucketName">The bucket's name, in any case.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">This account has no such bucket, or the key may not see it.</exception>
    public async Task<Bucket> OpenBucketByNameAsync(string bucketName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucketName);
        var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        return _bucketMap is not null && await _bucketMap.FindBucketIdAsync(bucketName, cancellationToken).ConfigureAwait(false) is { } id
            ? Bucket.NamedOnly(this, authorization.AccountId, new() { Id = id, Name = bucketName })
            : await GetBucketByNameAsync(bucketName, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the bucket with that id without asking B2, when the bucket cache knows it; asks otherwise.</summary>
    /// <remarks>As <see cref="OpenBucketByNameAsync"/>.</remarks>
    /// <param name="bucketId">The bucket's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">This account has no such bucket, or the key may not see it.</exception>
    public async Task<Bucket> OpenBucketByIdAsync(string bucketId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucketId);
        var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        return _bucketMap is not null && await _bucketMap.FindBucketNameAsync(bucketId, cancellationToken).ConfigureAwait(false) is { } name
            ? Bucket.NamedOnly(this, authorization.AccountId, new() { Id = bucketId, Name = name })
            : await GetBucketByIdAsync(bucketId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the buckets that the bucket cache knows, ordered by name, without asking B2. Empty without a cache.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<Bucket>> ListCachedBucketsAsync(CancellationToken cancellationToken = default)
    {
        var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        var known = _bucketMap is null ? [] : await _bucketMap.ListBucketsAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. known
                .OrderBy(bucket => bucket.Name, StringComparer.Ordinal)
                .Select(bucket => Bucket.NamedOnly(this, authorization.AccountId, new() { Id = bucket.Id, Name = bucket.Name })),
        ];
    }

    private async ValueTask RememberBucketsOfKeyAsync(AccountAuthorization authorization)
    {
        if (_bucketMap is not null && _bucketMap != AccountInfo)
        {
            // Another account than before has other buckets.
            await _bucketMap.SaveAsync(authorization).ConfigureAwait(false);
        }
        foreach (var bucket in authorization.Allowed.Buckets ?? [])
        {
            if (bucket.Name is { } name)
            {
                await RememberAsync(new() { Name = name, Id = bucket.Id }, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask RememberAsync(BucketNameAndId bucket, CancellationToken cancellationToken)
    {
        if (_bucketMap is not null)
        {
            await _bucketMap.SaveBucketAsync(bucket, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask RememberOnlyAsync(IReadOnlyCollection<BucketNameAndId> buckets, CancellationToken cancellationToken)
    {
        if (_bucketMap is not null)
        {
            await _bucketMap.ReplaceBucketsAsync(buckets, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ForgetAsync(string bucketId, CancellationToken cancellationToken)
    {
        if (_bucketMap is not null)
        {
            await _bucketMap.RemoveBucketAsync(bucketId, cancellationToken).ConfigureAwait(false);
        }
    }
}
