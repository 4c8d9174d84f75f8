namespace B2Sdk.Emulator.Rules;

/// <summary>Which capabilities the settings of a bucket ask for.</summary>
internal static class BucketCapabilities
{
    private static readonly string[] Plain = ["bucketInfo", "bucketType", "corsRules", "lifecycleRules"];

    private static readonly (string Setting, string Capability)[] WithOwn =
    [
        ("defaultRetention", Capabilities.WriteBucketRetentions),
        ("defaultServerSideEncryption", Capabilities.WriteBucketEncryption),
        ("fileLockEnabled", Capabilities.WriteBucketRetentions),
        ("replicationConfiguration", Capabilities.WriteBucketReplications),
    ];

    /// <summary>What a key needs to update these settings. Those that have a capability of their own need no other, so that a key for one bucket can change them.</summary>
    public static IReadOnlyList<string> ToUpdate(Func<string, bool> isGiven)
    {
        var own = OfSettings(isGiven);
        return own.Count == 0 || Plain.Any(isGiven) ? [Capabilities.WriteBuckets, .. own] : own;
    }

    /// <summary>What a key needs to create a bucket with these settings.</summary>
    public static IReadOnlyList<string> ToCreate(Func<string, bool> isGiven) => [Capabilities.WriteBuckets, .. OfSettings(isGiven)];

    private static List<string> OfSettings(Func<string, bool> isGiven) =>
        [.. WithOwn.Where(entry => isGiven(entry.Setting)).Select(entry => entry.Capability).Distinct(StringComparer.Ordinal)];
}
