namespace B2Sdk;

/// <summary>The retention that new files of a bucket get when the upload says nothing else.</summary>
public sealed record BucketRetention
{
    /// <summary>How strictly; null when the bucket has no default.</summary>
    public RetentionMode? Mode { get; init; }

    /// <summary>For how long after the upload; null when the bucket has no default.</summary>
    public RetentionPeriod? Period { get; init; }
}
