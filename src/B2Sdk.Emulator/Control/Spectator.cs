using System.Text.Json;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Control;

/// <summary>Lets look at what the emulator keeps, whoever it belongs to. Nothing can be changed here, and no content read.</summary>
internal static class Spectator
{
    private const int DefaultCount = 100;
    private const int MaxCount = 1000;

    public static async Task StatusAsync(Call call)
    {
        var services = call.Services;
        var account = services.Control.MainAccount;
        await call.AnswerAsync(writer =>
        {
            writer.WriteString("accountId", account.AccountId);
            writer.WriteString("applicationKeyId", account.ApplicationKeyId);
            writer.WritePropertyName("caps");
            JsonSerializer.Serialize(writer, services.Caps.Caps, ControlJson.Default.EmulatorCaps);
            writer.WriteNumber("faults", services.Faults.Active.Count(fault => !fault.IsSpent));
            writer.WriteBoolean("isDurable", services.Options.DataDirectory is not null);
            writer.WriteBoolean("isFrozen", services.Clock.IsFrozen);
            writer.WriteStartArray("lenient");
            foreach (var name in services.Leniency.Names)
            {
                writer.WriteStringValue(name);
            }
            writer.WriteEndArray();
            writer.WriteNumber("minimumPartSize", services.Options.MinimumPartSize);
            writer.WriteString("now", InstantConverter.Write(services.Clock.GetUtcNow()));
            writer.WriteNumber("recommendedPartSize", services.Options.RecommendedPartSize);
            writer.WriteString("url", call.BaseUrl);
            writer.WriteString("version", typeof(Spectator).Assembly.GetName().Version?.ToString(3));
        });
    }

    public static async Task AccountsAsync(Call call)
    {
        var accounts = await call.Store.ListAccountsAsync();
        await call.AnswerAsync(writer => WriteArray(writer, "accounts", accounts, Write));
    }

    public static async Task BucketsAsync(Call call)
    {
        var query = Arguments.FromQuery(call.Target.ReadQuery());
        query.RefuseAllBut("accountId", "limit");
        var buckets = await call.Store.ListBucketsAsync(query.OptionalString("accountId"), ReadCount(query));
        await call.AnswerAsync(writer => WriteArray(writer, "buckets", buckets, Write));
    }

    public static async Task VersionsAsync(Call call, string bucketId)
    {
        var query = Arguments.FromQuery(call.Target.ReadQuery());
        query.RefuseAllBut("prefix", "startFileName", "startFileId", "limit");
        var bucket =
            await call.Store.FindBucketAsync(bucketId) ?? throw new KeyNotFoundException($"There is no bucket with the id '{bucketId}'.");
        var request = new ListingRequest
        {
            AllVersions = true,
            Count = ReadCount(query),
            Prefix = FileNames.ToUtf8(query.OptionalString("prefix") ?? "", "prefix"),
            StartName = FileNames.ToUtf8(query.OptionalString("startFileName") ?? "", "startFileName"),
            StartPlace = query.OptionalString("startFileId") is { } id ? FileIds.Require(id) : null,
        };
        await call.AnswerAsync(async writer =>
        {
            writer.WriteStartArray("versions");
            var listing = await call.Store.ListFilesAsync(
                bucket.AccountId,
                bucket.Id,
                request,
                row => WriteObject(writer, row.ToVersion(), Write)
            );
            writer.WriteEndArray();
            writer.WriteString("nextFileId", listing.Next?.FileId);
            writer.WriteText("nextFileName", listing.Next?.Name);
        });
    }

    private static int ReadCount(Arguments query)
    {
        var count = query.OptionalInteger("limit") ?? DefaultCount;
        return count is >= 1 and <= MaxCount ? (int)count : throw Refusal.OutOfRange("limit", count, 1, MaxCount);
    }

    private static void Write(Utf8JsonWriter writer, AccountOverview account)
    {
        writer.WriteString("accountId", account.AccountId);
        writer.WriteText("applicationKeyId", account.ApplicationKeyId);
        writer.WriteNumber("buckets", account.Buckets);
    }

    private static void Write(Utf8JsonWriter writer, BucketOverview bucket)
    {
        writer.WriteString("accountId", bucket.AccountId);
        writer.WriteBoolean("areMore", bucket.AreMore);
        writer.WriteString("bucketId", bucket.BucketId);
        writer.WriteText("bucketName", bucket.BucketName);
        writer.WriteString("bucketType", bucket.BucketType);
        writer.WriteNumber("sizeInBytes", bucket.SizeInBytes);
        writer.WriteNumber("versions", bucket.Versions);
    }

    private static void Write(Utf8JsonWriter writer, FileVersion version)
    {
        writer.WriteString("action", version.Action.ToString().ToLowerInvariant());
        writer.WriteNumber("contentLength", version.Length);
        writer.WriteString("contentSha1", version.Sha1);
        writer.WriteText("contentType", version.ContentType);
        writer.WriteString("fileId", version.FileId);
        writer.WriteText("fileName", version.NameBytes);
        writer.WriteNumber("uploadTimestamp", version.Place.Timestamp);
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            WriteObject(writer, item, write);
        }
        writer.WriteEndArray();
    }

    private static void WriteObject<T>(Utf8JsonWriter writer, T item, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartObject();
        write(writer, item);
        writer.WriteEndObject();
    }
}
