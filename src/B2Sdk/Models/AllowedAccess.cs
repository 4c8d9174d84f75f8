namespace B2Sdk;

/// <summary>What the application key may do, and where.</summary>
public sealed record AllowedAccess
{
    /// <summary>The buckets to which the key is restricted; null when it may use all of them.</summary>
    public IReadOnlyList<AllowedBucket>? Buckets
    {
        get;
        init => field = value is { Count: 0 } ? null : ValueList<AllowedBucket>.Of(value);
    }

    /// <summary>What the key may do.</summary>
    public required IReadOnlyList<Capability> Capabilities
    {
        get;
        init => field = ValueList<Capability>.Of(value);
    }

    /// <summary>Only file names that start with this; null when the key is not restricted so.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>True when the key may do this, somewhere.</summary>
    /// <param name="capability">What it is to do.</param>
    public bool Allows(Capability capability) => Capabilities.Contains(capability);

    /// <summary>True when the key is not restricted to other buckets than the one with this id.</summary>
    /// <param name="bucketId">The bucket's id.</param>
    public bool AllowsBucketId(string bucketId) => Buckets is null || Buckets.Any(bucket => bucket.Id == bucketId);

    /// <summary>True when the key is not restricted to other buckets than the one with this name, in any case.</summary>
    /// <param name="bucketName">The bucket's name.</param>
    public bool AllowsBucketName(string bucketName) =>
        Buckets is null || Buckets.Any(bucket => string.Equals(bucket.Name, bucketName, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when the key is not restricted to other file names than this, or than those that begin with this.</summary>
    /// <param name="fileNameOrPrefix">A file's name, or the beginning that the names of a listing share.</param>
    public bool AllowsFileName(string fileNameOrPrefix)
    {
        ArgumentNullException.ThrowIfNull(fileNameOrPrefix);
        return string.IsNullOrEmpty(NamePrefix) || fileNameOrPrefix.StartsWith(NamePrefix, StringComparison.Ordinal);
    }
}
