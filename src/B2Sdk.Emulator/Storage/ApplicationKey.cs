using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>A key, without its secret: what is kept of that is enough to recognize it.</summary>
internal sealed record ApplicationKey
{
    public required string Id { get; init; }
    public required string AccountId { get; init; }
    public bool IsMaster { get; init; }
    public required string SecretHash { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>The buckets to which it is restricted; null for none in particular.</summary>
    public IReadOnlyList<string>? BucketIds { get; init; }
    public string? NamePrefix { get; init; }

    /// <summary>When it ends, in milliseconds since 1970; null for never.</summary>
    public long? Expires { get; init; }

    public bool Has(string capability) => Capabilities.Contains(capability, StringComparer.Ordinal);

    public bool AllowsBucket(string bucketId) => BucketIds is null || BucketIds.Contains(bucketId, StringComparer.Ordinal);

    /// <summary>True when the bucket that a file id tells may be reached, whether or not there is such a file. What is no id is for others to refuse.</summary>
    public bool AllowsFile(string fileId) => FileIds.ReadBucket(fileId) is not { } bucketId || AllowsBucket(bucketId);

    public bool AllowsName(string fileName) => NamePrefix is null || fileName.StartsWith(NamePrefix, StringComparison.Ordinal);

    public bool IsExpiredAt(long now) => Expires <= now;
}
