namespace B2Sdk;

/// <summary>The Object Lock settings of a bucket.</summary>
public sealed record FileLockConfiguration
{
    /// <summary>What new files get when the upload says nothing else.</summary>
    public BucketRetention? DefaultRetention { get; init; }

    /// <summary>True when files of this bucket can be locked. It can be switched on once and never off.</summary>
    public bool IsFileLockEnabled { get; init; }
}
