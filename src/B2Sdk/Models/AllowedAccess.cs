namespace B2Sdk;

/// <summary>What the application key may do, and where.</summary>
public sealed record AllowedAccess
{
    /// <summary>The buckets to which the key is restricted; null when it may use all of them.</summary>
    public IReadOnlyList<AllowedBucket>? Buckets { get; init; }

    /// <summary>What the key may do.</summary>
    public required IReadOnlyList<Capability> Capabilities { get; init; }

    /// <summary>Only file names that start with this; null when the key is not restricted so.</summary>
    public string? NamePrefix { get; init; }
}
