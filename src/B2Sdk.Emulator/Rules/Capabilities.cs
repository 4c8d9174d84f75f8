namespace B2Sdk.Emulator.Rules;

/// <summary>What keys may be allowed to do.</summary>
internal static class Capabilities
{
    public const string BypassGovernance = "bypassGovernance";
    public const string ListKeys = "listKeys";
    public const string WriteKeys = "writeKeys";
    public const string DeleteKeys = "deleteKeys";
    public const string ListBuckets = "listBuckets";
    public const string WriteBuckets = "writeBuckets";
    public const string DeleteBuckets = "deleteBuckets";
    public const string ReadBucketEncryption = "readBucketEncryption";
    public const string WriteBucketEncryption = "writeBucketEncryption";
    public const string ReadBucketRetentions = "readBucketRetentions";
    public const string WriteBucketRetentions = "writeBucketRetentions";
    public const string ReadBucketReplications = "readBucketReplications";
    public const string WriteBucketReplications = "writeBucketReplications";
    public const string ReadBucketNotifications = "readBucketNotifications";
    public const string WriteBucketNotifications = "writeBucketNotifications";
    public const string ListFiles = "listFiles";
    public const string ReadFiles = "readFiles";
    public const string ShareFiles = "shareFiles";
    public const string WriteFiles = "writeFiles";
    public const string DeleteFiles = "deleteFiles";
    public const string ReadFileLegalHolds = "readFileLegalHolds";
    public const string WriteFileLegalHolds = "writeFileLegalHolds";
    public const string ReadFileRetentions = "readFileRetentions";
    public const string WriteFileRetentions = "writeFileRetentions";

    /// <summary>Everything, as a master key has it.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        BypassGovernance,
        DeleteBuckets,
        DeleteFiles,
        DeleteKeys,
        "listAllBucketNames",
        ListBuckets,
        ListFiles,
        ListKeys,
        ReadBucketEncryption,
        "readBucketLifecycleRules",
        "readBucketLogging",
        ReadBucketNotifications,
        ReadBucketReplications,
        ReadBucketRetentions,
        "readBuckets",
        ReadFileLegalHolds,
        ReadFileRetentions,
        ReadFiles,
        ShareFiles,
        WriteBucketEncryption,
        "writeBucketLifecycleRules",
        "writeBucketLogging",
        WriteBucketNotifications,
        WriteBucketReplications,
        WriteBucketRetentions,
        WriteBuckets,
        WriteFileLegalHolds,
        WriteFileRetentions,
        WriteFiles,
        WriteKeys,
    ];

    /// <summary>What a key for certain buckets cannot have.</summary>
    public static readonly IReadOnlyList<string> OfWholeAccounts = [ListKeys, WriteKeys, DeleteKeys, WriteBuckets, DeleteBuckets];
}
