namespace B2Sdk;

/// <summary>Settings with which a bucket is created.</summary>
public sealed record CreateBucketOptions
{
    /// <summary>What to keep with the bucket, by key; up to 10 keys.</summary>
    public IReadOnlyDictionary<string, string>? Info { get; init; }

    /// <summary>Which web pages may use it; up to 100 rules.</summary>
    public IReadOnlyList<CorsRule>? CorsRules { get; init; }

    /// <summary>What happens to its old files; up to 100 rules.</summary>
    public IReadOnlyList<LifecycleRule>? LifecycleRules { get; init; }
}
