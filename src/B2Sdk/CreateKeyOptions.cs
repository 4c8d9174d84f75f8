namespace B2Sdk;

/// <summary>To what an application key is restricted when it is created.</summary>
public sealed record CreateKeyOptions
{
    /// <summary>How long the key works, in whole seconds from 1 second to 1,000 days; null for ever.</summary>
    public TimeSpan? ValidFor { get; init; }

    /// <summary>The buckets to which the key is restricted; null for all.</summary>
    public IReadOnlyList<string>? BucketIds
    {
        get;
        init => field = ValueList<string>.Of(value);
    }

    /// <summary>Only file names that start with this; null for all.</summary>
    public string? NamePrefix { get; init; }
}
