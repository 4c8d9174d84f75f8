using System.Text.Json;

namespace B2Sdk.Cli.Output;

/// <summary>A bucket in the JSON of the Python tool.</summary>
internal static class BucketJson
{
    public static void Write(Utf8JsonWriter json, Bucket bucket, BucketSize? size = null)
    {
        json.WriteStartObject();
        json.WriteString("accountId", bucket.AccountId);
        json.WriteString("bucketId", bucket.Id);
        json.WriteMap("bucketInfo", bucket.Info);
        json.WriteString("bucketName", bucket.Name);
        json.WriteString("bucketType", bucket.Type.ToString());
        WriteCorsRules(json, bucket.CorsRules);
        WriteDefaultRetention(json, bucket.FileLockConfiguration);
        WriteDefaultEncryption(json, bucket.DefaultServerSideEncryption);
        if (size is { } counted)
        {
            json.WriteNumber("fileCount", counted.FileCount);
        }
        WriteIsFileLockEnabled(json, bucket.FileLockConfiguration);
        WriteLifecycleRules(json, bucket.LifecycleRules);
        json.WriteWords("options", bucket.Options.Order(StringComparer.Ordinal));
        WriteReplication(json, bucket.ReplicationConfiguration.Value);
        json.WriteNumber("revision", bucket.Revision);
        if (size is { } total)
        {
            json.WriteNumber("totalSize", total.TotalBytes);
        }
        json.WriteEndObject();
    }

    private static void WriteCorsRules(Utf8JsonWriter json, IReadOnlyList<CorsRule> rules)
    {
        json.WriteStartArray("corsRules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteWords("allowedHeaders", rule.AllowedHeaders);
            json.WriteWords("allowedOperations", rule.AllowedOperations.Select(operation => operation.Value));
            json.WriteWords("allowedOrigins", rule.AllowedOrigins);
            json.WriteString("corsRuleName", rule.CorsRuleName);
            json.WriteWords("exposeHeaders", rule.ExposeHeaders);
            json.WriteNumber("maxAgeSeconds", (long)rule.MaxAge.TotalSeconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteDefaultRetention(Utf8JsonWriter json, Restricted<FileLockConfiguration> fileLock)
    {
        var retention = fileLock.Value?.DefaultRetention;
        json.WriteStartObject("defaultRetention");
        json.WriteString("mode", fileLock.IsClientAuthorizedToRead ? retention?.Mode?.Value : "unknown");
        if (retention?.Period is { } period)
        {
            json.WriteStartObject("period");
            json.WriteNumber("duration", period.Duration);
            json.WriteString("unit", period.Unit.Value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteDefaultEncryption(Utf8JsonWriter json, Restricted<EncryptionSetting> encryption)
    {
        if (encryption.IsClientAuthorizedToRead)
        {
            FileJson.WriteEncryption(json, "defaultServerSideEncryption", encryption.Value);
            return;
        }
        json.WriteStartObject("defaultServerSideEncryption");
        json.WriteNull("mode");
        json.WriteEndObject();
    }

    private static void WriteIsFileLockEnabled(Utf8JsonWriter json, Restricted<FileLockConfiguration> fileLock)
    {
        if (fileLock is { IsClientAuthorizedToRead: true, Value: { } value })
        {
            json.WriteBoolean("isFileLockEnabled", value.IsFileLockEnabled);
        }
        else
        {
            json.WriteNull("isFileLockEnabled");
        }
    }

    private static void WriteLifecycleRules(Utf8JsonWriter json, IReadOnlyList<LifecycleRule> rules)
    {
        json.WriteStartArray("lifecycleRules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteNumberOrNull("daysFromHidingToDeleting", rule.DaysFromHidingToDeleting);
            json.WriteNumberOrNull("daysFromStartingToCancelingUnfinishedLargeFiles", rule.DaysFromStartingToCancelingUnfinishedLargeFiles);
            json.WriteNumberOrNull("daysFromUploadingToHiding", rule.DaysFromUploadingToHiding);
            json.WriteString("fileNamePrefix", rule.FileNamePrefix);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteReplication(Utf8JsonWriter json, ReplicationConfiguration? replication)
    {
        json.WriteStartObject("replication");
        if (replication?.AsReplicationDestination is { } destination)
        {
            json.WriteStartObject("asReplicationDestination");
            json.WriteMap("sourceToDestinationKeyMapping", destination.SourceToDestinationKeyMapping);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("asReplicationDestination");
        }
        if (replication?.AsReplicationSource is { } source)
        {
            WriteSource(json, source);
        }
        else
        {
            json.WriteNull("asReplicationSource");
        }
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, ReplicationSource source)
    {
        json.WriteStartObject("asReplicationSource");
        json.WriteStartArray("replicationRules");
        foreach (var rule in source.ReplicationRules)
        {
            json.WriteStartObject();
            json.WriteString("destinationBucketId", rule.DestinationBucketId);
            json.WriteString("fileNamePrefix", rule.FileNamePrefix);
            json.WriteBoolean("includeExistingFiles", rule.IncludeExistingFiles);
            json.WriteBoolean("isEnabled", rule.IsEnabled);
            json.WriteNumber("priority", rule.Priority);
            json.WriteString("replicationRuleName", rule.ReplicationRuleName);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("sourceApplicationKeyId", source.SourceApplicationKeyId);
        json.WriteEndObject();
    }
}
