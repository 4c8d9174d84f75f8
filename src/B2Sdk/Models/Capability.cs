namespace B2Sdk;

/// <summary>One thing that an application key may do, such as <c>readFiles</c>.</summary>
/// <remarks>B2 may add values; an unknown one is kept as it came.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct Capability(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

    /// <summary>List application keys.</summary>
    public static Capability ListKeys { get; } = new("listKeys");

    /// <summary>Create application keys, with whatever rights.</summary>
    public static Capability WriteKeys { get; } = new("writeKeys");

    /// <summary>Delete application keys.</summary>
    public static Capability DeleteKeys { get; } = new("deleteKeys");

    /// <summary>List buckets.</summary>
    public static Capability ListBuckets { get; } = new("listBuckets");

    /// <summary>List the names of all buckets over the S3-compatible API.</summary>
    public static Capability ListAllBucketNames { get; } = new("listAllBucketNames");

    /// <summary>Read bucket settings over the S3-compatible API.</summary>
    public static Capability ReadBuckets { get; } = new("readBuckets");

    /// <summary>Create buckets and change their settings.</summary>
    public static Capability WriteBuckets { get; } = new("writeBuckets");

    /// <summary>Delete buckets.</summary>
    public static Capability DeleteBuckets { get; } = new("deleteBuckets");

    /// <summary>Read the default encryption of buckets.</summary>
    public static Capability ReadBucketEncryption { get; } = new("readBucketEncryption");

    /// <summary>Change the default encryption of buckets.</summary>
    public static Capability WriteBucketEncryption { get; } = new("writeBucketEncryption");

    /// <summary>Read the Object Lock settings of buckets.</summary>
    public static Capability ReadBucketRetentions { get; } = new("readBucketRetentions");

    /// <summary>Change the Object Lock settings of buckets.</summary>
    public static Capability WriteBucketRetentions { get; } = new("writeBucketRetentions");

    /// <summary>Read the retention of files.</summary>
    public static Capability ReadFileRetentions { get; } = new("readFileRetentions");

    /// <summary>Set the retention of files.</summary>
    public static Capability WriteFileRetentions { get; } = new("writeFileRetentions");

    /// <summary>Read the legal hold of files.</summary>
    public static Capability ReadFileLegalHolds { get; } = new("readFileLegalHolds");

    /// <summary>Set the legal hold of files.</summary>
    public static Capability WriteFileLegalHolds { get; } = new("writeFileLegalHolds");

    /// <summary>Read the replication settings of buckets.</summary>
    public static Capability ReadBucketReplications { get; } = new("readBucketReplications");

    /// <summary>Change the replication settings of buckets.</summary>
    public static Capability WriteBucketReplications { get; } = new("writeBucketReplications");

    /// <summary>Go past retention in governance mode, where asked for.</summary>
    public static Capability BypassGovernance { get; } = new("bypassGovernance");

    /// <summary>List files, versions and unfinished large files.</summary>
    public static Capability ListFiles { get; } = new("listFiles");

    /// <summary>Download files and read what is known of them.</summary>
    public static Capability ReadFiles { get; } = new("readFiles");

    /// <summary>Make tokens with which others may download.</summary>
    public static Capability ShareFiles { get; } = new("shareFiles");

    /// <summary>Upload, copy and hide files.</summary>
    public static Capability WriteFiles { get; } = new("writeFiles");

    /// <summary>Delete versions of files.</summary>
    public static Capability DeleteFiles { get; } = new("deleteFiles");

    /// <summary>Read the notification rules of buckets.</summary>
    public static Capability ReadBucketNotifications { get; } = new("readBucketNotifications");

    /// <summary>Change the notification rules of buckets.</summary>
    public static Capability WriteBucketNotifications { get; } = new("writeBucketNotifications");

    /// <summary>Every capability that this library names. A key may have others, such as those for the S3-compatible API alone: <see cref="AllowedAccess.Capabilities"/> has all of yours.</summary>
    public static IReadOnlyList<Capability> All { get; } =
    [
        ListKeys,
        WriteKeys,
        DeleteKeys,
        ListBuckets,
        ListAllBucketNames,
        ReadBuckets,
        WriteBuckets,
        DeleteBuckets,
        ReadBucketEncryption,
        WriteBucketEncryption,
        ReadBucketRetentions,
        WriteBucketRetentions,
        ReadFileRetentions,
        WriteFileRetentions,
        ReadFileLegalHolds,
        WriteFileLegalHolds,
        ReadBucketReplications,
        WriteBucketReplications,
        BypassGovernance,
        ListFiles,
        ReadFiles,
        ShareFiles,
        WriteFiles,
        DeleteFiles,
        ReadBucketNotifications,
        WriteBucketNotifications,
    ];

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
