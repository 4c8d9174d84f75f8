namespace B2Sdk;

/// <summary>What B2 does by itself, about once a day, with old files of a bucket.</summary>
/// <remarks>A bucket has up to 100 rules, and no prefix may be the beginning of another. At least one number of days is set.</remarks>
public sealed record LifecycleRule
{
    /// <summary>Only files whose name starts with this; empty for all.</summary>
    public required string FileNamePrefix { get; init; }

    /// <summary>Days from the upload of a file until it is hidden, at least 1; null for never.</summary>
    public int? DaysFromUploadingToHiding { get; init; }

    /// <summary>Days from the hiding of a version until it is deleted, at least 1; null for never.</summary>
    public int? DaysFromHidingToDeleting { get; init; }

    /// <summary>Days until a large file that nobody finished is canceled, at least 1; null for never.</summary>
    public int? DaysFromStartingToCancelingUnfinishedLargeFiles { get; init; }
}
