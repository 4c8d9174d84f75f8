using System.Text.Json;
using System.Text.Json.Serialization;

namespace B2Sdk.Sqlite;

/// <summary>What a key may do, in the JSON of the <c>allowed</c> column.</summary>
internal static class AllowedJson
{
    // What the Python tools take a missing value for: a key without restrictions, from the time before there were any.
    private static readonly string[] Everything =
    [
        "listKeys",
        "writeKeys",
        "deleteKeys",
        "listBuckets",
        "listAllBucketNames",
        "readBuckets",
        "writeBuckets",
        "deleteBuckets",
        "readBucketEncryption",
        "writeBucketEncryption",
        "readBucketRetentions",
        "writeBucketRetentions",
        "readFileRetentions",
        "writeFileRetentions",
        "readFileLegalHolds",
        "writeFileLegalHolds",
        "readBucketReplications",
        "writeBucketReplications",
        "bypassGovernance",
        "listFiles",
        "readFiles",
        "shareFiles",
        "writeFiles",
        "deleteFiles",
        "readBucketNotifications",
        "writeBucketNotifications",
    ];

    /// <summary>Reads the present form, and the one from before keys could have several buckets.</summary>
    public static AllowedAccess Read(string? json)
    {
        var record = json is null ? new() : JsonSerializer.Deserialize(json, AllowedJsonContext.Default.AllowedRecord) ?? new();
        var buckets =
            record.Buckets
            ?? (record.BucketId is null ? null : [new AllowedBucketRecord { Id = record.BucketId, Name = record.BucketName }]);
        return new()
        {
            Buckets = buckets?.Select(bucket => new AllowedBucket(bucket.Id, bucket.Name)).ToList(),
            Capabilities = [.. (record.Capabilities ?? Everything).Select(word => new Capability(word))],
            NamePrefix = record.NamePrefix,
        };
    }

    public static string Write(AllowedAccess allowed) =>
        JsonSerializer.Serialize(
            new AllowedRecord
            {
                Buckets = allowed.Buckets?.Select(bucket => new AllowedBucketRecord { Id = bucket.Id, Name = bucket.Name }).ToList(),
                Capabilities = [.. allowed.Capabilities.Select(capability => capability.Value)],
                NamePrefix = allowed.NamePrefix,
            },
            AllowedJsonContext.Default.AllowedRecord
        );

    internal sealed record AllowedRecord
    {
        // The Python tools insist on these three, be they null.
        public IReadOnlyList<AllowedBucketRecord>? Buckets { get; init; }
        public IReadOnlyList<string>? Capabilities { get; init; }
        public string? NamePrefix { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? BucketId { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? BucketName { get; init; }
    }

    internal sealed record AllowedBucketRecord
    {
        public required string Id { get; init; }
        public string? Name { get; init; }
    }
}
