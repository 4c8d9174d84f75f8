namespace B2Sdk;

/// <summary>Holds what an account needs between calls: credentials, tokens, upload URLs, and the map of bucket names and ids.</summary>
/// <remarks>
/// <para>Implement it to keep these things somewhere of your own, such as a database: the six abstract members are enough, and the others can be overridden where that is quicker.
/// Implementations are thread-safe: every member may be called at any time from any thread.</para>
/// <para>Upload URLs are kept here in memory and never stored, as each serves one upload at a time.</para>
/// </remarks>
public abstract class AccountInfo
{
    internal UploadUrlPool UploadUrls { get; } = new();

    /// <summary>Returns what the last <see cref="SaveAsync"/> was given; null when the account is not authorized.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask<AccountAuthorization?> LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps an authorization in place of the one before.</summary>
    /// <remarks>The map of buckets stays when the account and the realm are the same as before, and is emptied otherwise.</remarks>
    /// <param name="authorization">What to keep.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask SaveAsync(AccountAuthorization authorization, CancellationToken cancellationToken = default);

    /// <summary>Forgets everything: the authorization and the map of buckets.</summary>
    /// <remarks>A <see cref="B2Api"/> that was authorized before goes on with the token that it holds; dispose it to be done with the account.</remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask ClearAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns the id of the bucket with that name, in any case; null when it is not in the map.</summary>
    /// <param name="bucketName">The bucket's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual async ValueTask<string?> FindBucketIdAsync(string bucketName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucketName);
        var buckets = await ListBucketsAsync(cancellationToken).ConfigureAwait(false);
        return buckets.FirstOrDefault(bucket => string.Equals(bucket.Name, bucketName, StringComparison.OrdinalIgnoreCase))?.Id;
    }

    /// <summary>Returns the name of the bucket with that id; null when it is not in the map.</summary>
    /// <param name="bucketId">The bucket's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual async ValueTask<string?> FindBucketNameAsync(string bucketId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucketId);
        var buckets = await ListBucketsAsync(cancellationToken).ConfigureAwait(false);
        return buckets.FirstOrDefault(bucket => bucket.Id == bucketId)?.Name;
    }

    /// <summary>Returns the whole map, ordered by name.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask<IReadOnlyList<BucketNameAndId>> ListBucketsAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a bucket to the map, in place of any other with its name or its id.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask SaveBucketAsync(BucketNameAndId bucket, CancellationToken cancellationToken = default);

    /// <summary>Replaces the whole map.</summary>
    /// <param name="buckets">All buckets that are to be in it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual async ValueTask ReplaceBucketsAsync(
        IReadOnlyCollection<BucketNameAndId> buckets,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(buckets);
        foreach (var gone in (await ListBucketsAsync(cancellationToken).ConfigureAwait(false)).Except(buckets))
        {
            await RemoveBucketAsync(gone.Id, cancellationToken).ConfigureAwait(false);
        }
        foreach (var bucket in buckets)
        {
            await SaveBucketAsync(bucket, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a bucket out of the map; nothing happens when it is not there.</summary>
    /// <param name="bucketId">The bucket's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract ValueTask RemoveBucketAsync(string bucketId, CancellationToken cancellationToken = default);
}
