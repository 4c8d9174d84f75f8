using System.Text.Json;
using System.Text.Json.Nodes;

namespace B2Sdk.Wire;

/// <summary>Tells whether a bucket is what an update wanted it to be.</summary>
internal static class BucketComparison
{
    public static bool Has(BucketRecord bucket, UpdateBucketRequest update)
    {
        var wanted = JsonSerializer.SerializeToNode(update, BucketJson.Default.UpdateBucketRequest)!;
        var actual = JsonSerializer.SerializeToNode(bucket, BucketJson.Default.BucketRecord)!;
        var fileLock = bucket.FileLockConfiguration?.Value;
        return IsSame("bucketType")
            && IsSame("bucketInfo")
            && IsSame("corsRules")
            && IsSame("lifecycleRules")
            && (update.DefaultServerSideEncryption is not { } encryption || encryption.Mode == Mode(bucket))
            && (update.FileLockEnabled is not { } enabled || enabled == fileLock?.IsFileLockEnabled)
            && (update.DefaultRetention is not { } retention || retention == (fileLock?.DefaultRetention ?? BucketRetention.None))
            && (update.ReplicationConfiguration is null || IsSameReplication());

        bool IsSame(string member) => wanted[member] is not { } value || JsonNode.DeepEquals(value, actual[member]);

        bool IsSameReplication() =>
            JsonNode.DeepEquals(wanted["replicationConfiguration"], actual["replicationConfiguration"]?["value"] ?? new JsonObject());
    }

    private static string? Mode(BucketRecord bucket) =>
        bucket.DefaultServerSideEncryption is { IsClientAuthorizedToRead: true } encryption
            ? encryption.Value?.Mode?.ToString() ?? "none"
            : null;
}
