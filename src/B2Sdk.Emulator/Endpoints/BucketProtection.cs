using System.Text;
using System.Text.Json;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>The encryption and the lock of buckets.</summary>
internal static class BucketProtection
{
    /// <summary>Reads the settings that are given; the others stay as they are.</summary>
    public static Func<Bucket, Bucket> Read(Arguments arguments)
    {
        var encryption = arguments.OptionalElement("defaultServerSideEncryption") is { } encryptionGiven
            ? EncryptionRules.ReadDefault(encryptionGiven)
            : (EncryptionMode?)null;
        var lockGiven = arguments.OptionalBoolean("fileLockEnabled");
        var retentionGiven = arguments.OptionalElement("defaultRetention");
        var retention = retentionGiven is { } given ? DefaultRetention.Read(given) : null;
        return bucket =>
        {
            var isLocked = RetentionRules.Lock(
                bucket.IsLocked,
                lockGiven,
                bucket.Type,
                isReplicationSource: ReplicationConfiguration.Parse(bucket.Replication).SourceKeyId is not null
            );
            if (retention is not null)
            {
                RetentionRules.RequireLock(isLocked);
            }
            return bucket with
            {
                DefaultEncryption = encryption ?? bucket.DefaultEncryption,
                IsLocked = isLocked,
                DefaultRetention = retentionGiven is null ? bucket.DefaultRetention : retention?.ToJson() ?? DefaultRetention.None,
            };
        };
    }

    /// <summary>What new buckets cannot have yet.</summary>
    public static void RefuseAtCreation(Arguments arguments)
    {
        if (arguments.OptionalElement("defaultRetention") is { } given && DefaultRetention.Read(given) is not null)
        {
            throw Refusal.BadRequest("defaultRetention cannot be given at creation; set it with b2_update_bucket");
        }
    }

    public static void WriteEncryption(Utf8JsonWriter writer, Bucket bucket, ApplicationKey key) =>
        FileAnswers.WriteRestricted(
            writer,
            JsonEncodedText.Encode("defaultServerSideEncryption"),
            key.Has(Capabilities.ReadBucketEncryption),
            Encryption.ToJson(bucket.DefaultEncryption)
        );

    public static void WriteLock(Utf8JsonWriter writer, Bucket bucket, ApplicationKey key) =>
        FileAnswers.WriteRestricted(
            writer,
            JsonEncodedText.Encode("fileLockConfiguration"),
            key.Has(Capabilities.ReadBucketRetentions),
            Encoding.UTF8.GetBytes(
                $$"""{"defaultRetention":{{bucket.DefaultRetention}},"isFileLockEnabled":{{(bucket.IsLocked ? "true" : "false")}}}"""
            )
        );
}
