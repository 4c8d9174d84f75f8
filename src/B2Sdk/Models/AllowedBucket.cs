namespace B2Sdk;

/// <summary>A bucket to which a key is restricted.</summary>
public sealed record AllowedBucket
{
    /// <summary>The bucket's id.</summary>
    public required string Id { get; init; }

    /// <summary>The bucket's name; null when the bucket was deleted.</summary>
    public string? Name { get; init; }
}
