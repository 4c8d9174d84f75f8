using System.Text;
using System.Text.Json;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_create_bucket, b2_list_buckets, b2_update_bucket and b2_delete_bucket.</summary>
internal static class Buckets
{
    public static async Task CreateAsync(Call call)
    {
        var described = ReadNew(call.Arguments, call.Lenient);
        call.RequireAccount();
        foreach (var capability in BucketCapabilities.ToCreate(setting => IsGivenToCreate(call.Arguments, setting)))
        {
            call.Require(capability);
        }

        var bucket = await call.Store.CreateBucketAsync(described with { AccountId = call.AccountId });
        await call.AnswerAsync(writer => WriteMembers(writer, bucket, call.Key));
    }

    /// <summary>Reads a bucket that is to be made, and is nobody's yet.</summary>
    /// <exception cref="Refusal">There is no such bucket that could be made.</exception>
    public static Bucket ReadNew(Arguments arguments, Leniency lenient)
    {
        var name = arguments.RequiredString("bucketName");
        var type = arguments.RequiredString("bucketType");
        BucketSettings.ValidateName(name, lenient.BucketNames);
        BucketSettings.ValidateType(type);
        var settings = ReadSettings(arguments);
        BucketProtection.RefuseAtCreation(arguments);
        return settings(
            new()
            {
                Id = Store.NewBucketId(),
                AccountId = "",
                Name = name,
                Type = type,
            }
        );
    }

    public static async Task ListAsync(Call call)
    {
        var bucketId = call.Arguments.OptionalString("bucketId");
        var bucketName = call.Arguments.OptionalString("bucketName");
        var types = BucketSettings.ReadTypes(call.Arguments.OptionalStrings("bucketTypes"));
        call.RequireAccount();
        call.Require(Capabilities.ListBuckets);

        var buckets = (await call.Store.ListBucketsAsync(call.AccountId))
            .Where(bucket => bucketId is null || bucket.Id == bucketId)
            .Where(bucket => bucketName is null || bucket.Name.Equals(bucketName, StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (call.Key.BucketIds is not null)
        {
            buckets = Restrict(call, buckets, bucketId, bucketName);
        }
        await call.AnswerAsync(writer =>
        {
            writer.WriteStartArray("buckets");
            foreach (var bucket in buckets.Where(bucket => types is null || types.Contains(bucket.Type, StringComparer.Ordinal)))
            {
                writer.WriteStartObject();
                WriteMembers(writer, bucket, call.Key);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    public static async Task UpdateAsync(Call call)
    {
        var bucketId = call.Arguments.RequiredString("bucketId");
        var ifRevisionIs = call.Arguments.OptionalInteger("ifRevisionIs");
        var type = call.Arguments.OptionalString("bucketType") is { } given ? BucketSettings.ValidateType(given) : null;
        var settings = ReadSettings(call.Arguments);
        call.RequireAccount();
        foreach (var capability in BucketCapabilities.ToUpdate(call.Arguments.Has))
        {
            call.Require(capability, bucketId);
        }

        var bucket = await call.Store.UpdateBucketAsync(
            call.AccountId,
            bucketId,
            ifRevisionIs,
            old => settings(old with { Type = type ?? old.Type })
        );
        await call.AnswerAsync(writer => WriteMembers(writer, bucket, call.Key));
    }

    public static async Task DeleteAsync(Call call)
    {
        var bucketId = call.Arguments.RequiredString("bucketId");
        call.RequireAccount();
        call.Require(Capabilities.DeleteBuckets, bucketId);
        var bucket = await call.Store.DeleteBucketAsync(call.AccountId, bucketId);
        await call.AnswerAsync(writer => WriteMembers(writer, bucket, call.Key));
    }

    // A key for certain buckets must name one of them, since version 2; before, it was shown no others.
    private static List<Bucket> Restrict(Call call, List<Bucket> buckets, string? bucketId, string? bucketName)
    {
        var allowed = buckets.Where(bucket => call.Key.AllowsBucket(bucket.Id)).ToList();
        // Its own by id may be gone, which is no secret; by name, it can be told from foreign ones only while it is there.
        var namesOwn = bucketId is not null ? call.Key.AllowsBucket(bucketId) : bucketName is not null && allowed.Count > 0;
        return namesOwn || call.Version == 1 ? allowed : throw Refusal.Unauthorized();
    }

    /// <summary>Reads the settings that are given; the others stay as they are.</summary>
    private static Func<Bucket, Bucket> ReadSettings(Arguments arguments)
    {
        var info = arguments.OptionalElement("bucketInfo") is { } infoGiven ? BucketSettings.ReadInfo(infoGiven) : null;
        var cors = arguments.OptionalElement("corsRules") is { } corsGiven ? BucketSettings.ReadCorsRules(corsGiven) : null;
        var lifecycle = arguments.OptionalElement("lifecycleRules") is { } rulesGiven
            ? BucketSettings.ReadLifecycleRules(rulesGiven)
            : null;
        var replication = arguments.OptionalElement("replicationConfiguration") is { } replicationGiven
            ? ReplicationSettings.Read(replicationGiven, arguments.OptionalString("bucketId"))
            : null;
        var protection = BucketProtection.Read(arguments);
        return bucket =>
            protection(bucket) with
            {
                Info = info ?? bucket.Info,
                CorsRules = cors ?? bucket.CorsRules,
                LifecycleRules = lifecycle ?? bucket.LifecycleRules,
                Replication = replication ?? bucket.Replication,
            };
    }

    // A new bucket that is not to be locked needs no right to lock it.
    private static bool IsGivenToCreate(Arguments arguments, string setting) =>
        setting == "fileLockEnabled" ? arguments.OptionalBoolean(setting) == true : arguments.Has(setting);

    private static void WriteMembers(Utf8JsonWriter writer, Bucket bucket, ApplicationKey key)
    {
        writer.WriteString("accountId", bucket.AccountId);
        writer.WriteString("bucketId", bucket.Id);
        writer.WriteJson("bucketInfo", bucket.Info);
        writer.WriteString("bucketName", bucket.Name);
        writer.WriteString("bucketType", bucket.Type);
        writer.WriteJson("corsRules", bucket.CorsRules);
        BucketProtection.WriteEncryption(writer, bucket, key);
        BucketProtection.WriteLock(writer, bucket, key);
        writer.WriteJson("lifecycleRules", bucket.LifecycleRules);
        writer.WriteJson("options", """["s3"]""");
        FileAnswers.WriteRestricted(
            writer,
            JsonEncodedText.Encode("replicationConfiguration"),
            key.Has(Capabilities.ReadBucketReplications),
            Encoding.UTF8.GetBytes(bucket.Replication)
        );
        writer.WriteNumber("revision", bucket.Revision);
    }
}
