namespace B2Sdk;

/// <summary>Account info that lives as long as the object: nothing is written anywhere.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class InMemoryAccountInfo : AccountInfo
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, BucketNameAndId> _bucketsById = new(StringComparer.Ordinal);
    private AccountAuthorization? _authorization;

    /// <inheritdoc/>
    public override ValueTask<AccountAuthorization?> LoadAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_authorization);
        }
    }

    /// <inheritdoc/>
    public override ValueTask SaveAsync(AccountAuthorization authorization, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        lock (_lock)
        {
            if (_authorization?.IsSameAccountAs(authorization) == false)
            {
                _bucketsById.Clear();
            }
            _authorization = authorization;
        }
        return default;
    }

    /// <inheritdoc/>
    public override ValueTask ClearAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _authorization = null;
            _bucketsById.Clear();
        }
        return default;
    }

    /// <inheritdoc/>
    public override ValueTask<string?> FindBucketIdAsync(string bucketName, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_bucketsById.Values.FirstOrDefault(bucket => IsNamed(bucket, bucketName))?.Id);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<string?> FindBucketNameAsync(string bucketId, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_bucketsById.GetValueOrDefault(bucketId)?.Name);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<BucketNameAndId>> ListBucketsAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new([.. _bucketsById.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal)]);
        }
    }

    /// <inheritdoc/>
    public override ValueTask SaveBucketAsync(BucketNameAndId bucket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        lock (_lock)
        {
            Put(bucket);
        }
        return default;
    }

    /// <inheritdoc/>
    public override ValueTask ReplaceBucketsAsync(
        IReadOnlyCollection<BucketNameAndId> buckets,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(buckets);
        lock (_lock)
        {
            _bucketsById.Clear();
            foreach (var bucket in buckets)
            {
                _bucketsById[bucket.Id] = bucket;
            }
        }
        return default;
    }

    /// <inheritdoc/>
    public override ValueTask RemoveBucketAsync(string bucketId, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _bucketsById.Remove(bucketId);
        }
        return default;
    }

    // A name belongs to one bucket at a time: a bucket that was deleted and made again has the same name and another id.
    private void Put(BucketNameAndId bucket)
    {
        foreach (var old in _bucketsById.Values.Where(other => IsNamed(other, bucket.Name)).ToList())
        {
            _bucketsById.Remove(old.Id);
        }
        _bucketsById[bucket.Id] = bucket;
    }

    private static bool IsNamed(BucketNameAndId bucket, string name) =>
        string.Equals(bucket.Name, name, StringComparison.OrdinalIgnoreCase);
}
