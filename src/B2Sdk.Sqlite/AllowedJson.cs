using System.Text.Json;

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
            Buckets = buckets?.Select(bucket => new AllowedBucket { Id = bucket.Id, Name = bucket.Name }).ToList(),
            Capabilities = [.. (record.Capabilities ?? Everything).Select(word => new Capability(word))],
            NamePrefix = record.NamePrefix,
        };
    }

    /// <summary>Writes the present form, and beside it what tools from before that look for: without it they fail on the file.</summary>
    public static string Write(AllowedAccess allowed)
    {
        var only = allowed.Buckets is [var one] ? one : null;
        return JsonSerializer.Serialize(
            new AllowedRecord
            {
                Buckets = allowed.Buckets?.Select(bucket => new AllowedBucketRecord { Id = bucket.Id, Name = bucket.Name }).ToList(),
                Capabilities = [.. allowed.Capabilities.Select(capability => capability.Value)],
                NamePrefix = allowed.NamePrefix,
                BucketId = only?.Id,
                BucketName = only?.Name,
            },
            AllowedJsonContext.Default.AllowedRecord
        );
    }

    internal sealed record AllowedRecord
    {
        // The Python tools insist on these, be they null.
        public IReadOnlyList<AllowedBucketRecord>? Buckets { get; init; }
        public IReadOnlyList<string>? Capabilities { get; init; }
        public string? NamePrefix { get; init; }
        public string? BucketId { get; init; }
        public string? BucketName { get; init; }
    }

    internal sealed record AllowedBucketRecord
    {
        public required string Id { get; init; }
        public string? Name { get; init; }
    }
}
