namespace B2Sdk;

/// <summary>Sets of capabilities for keys that can do one job and nothing besides.</summary>
public static class CapabilityPresets
{
    /// <summary>Find buckets, list files and download them.</summary>
    public static IReadOnlyList<Capability> ReadOnly { get; } = [Capability.ListBuckets, Capability.ListFiles, Capability.ReadFiles];

    /// <summary>What <see cref="ReadOnly"/> can, and upload, hide and delete files.</summary>
    public static IReadOnlyList<Capability> ReadWrite { get; } = [.. ReadOnly, Capability.WriteFiles, Capability.DeleteFiles];

    /// <summary>
    /// What <see cref="ReadOnly"/> can, and upload and hide files, but never delete a version: whoever steals such a key from a backed-up machine cannot destroy what it has backed up.
    /// </summary>
    public static IReadOnlyList<Capability> BackupWriter { get; } = [.. ReadOnly, Capability.WriteFiles];

    /// <summary>Upload files, and neither see nor change what is there.</summary>
    public static IReadOnlyList<Capability> UploadOnly { get; } = [Capability.ListBuckets, Capability.WriteFiles];

    /// <summary>Make tokens with which others may download.</summary>
    public static IReadOnlyList<Capability> Share { get; } =
    [Capability.ListBuckets, Capability.ListFiles, Capability.ReadFiles, Capability.ShareFiles];
}
