using System.Security.Cryptography;

namespace B2Sdk.Emulator.Tests.Support;

internal sealed partial class B2Wire
{
    private const string Customer = "X-Bz-Server-Side-Encryption-Customer-";

    /// <summary>The header that asks for SSE-B2.</summary>
    public static readonly (string, string) ServiceEncryption = ("X-Bz-Server-Side-Encryption", "AES256");

    /// <summary>The headers of SSE-C with a key of this byte 32 times.</summary>
    public static (string, string)[] KeyHeaders(byte key) =>
        [
            (Customer + "Algorithm", "AES256"),
            (Customer + "Key", Convert.ToBase64String(Bytes(32, key))),
            (Customer + "Key-Md5", KeyMd5(key)),
        ];

    /// <summary>The same as a setting of a JSON call.</summary>
    public static JsonObject KeySetting(byte key) =>
        new()
        {
            ["mode"] = "SSE-C",
            ["algorithm"] = "AES256",
            ["customerKey"] = Convert.ToBase64String(Bytes(32, key)),
            ["customerKeyMd5"] = KeyMd5(key),
        };

    public static JsonObject ServiceSetting() => new() { ["mode"] = "SSE-B2", ["algorithm"] = "AES256" };

    public static string KeyMd5(byte key) => Convert.ToBase64String(MD5.HashData(Bytes(32, key)));

    public static (string, string)[] RetentionHeaders(string mode, long until) =>
        [("X-Bz-File-Retention-Mode", mode), ("X-Bz-File-Retention-Retain-Until-Timestamp", $"{until}")];

    /// <summary>A retention as a setting of a JSON call; no mode for none.</summary>
    public static JsonObject Retention(string? mode, long? until) => new() { ["mode"] = mode, ["retainUntilTimestamp"] = until };

    public async Task<string> CreateLockedBucketAsync(string? name = null, string type = "allPrivate") =>
        Text(
            (
                await OkAsync(
                    "b2_create_bucket",
                    new()
                    {
                        ["accountId"] = AccountId,
                        ["bucketName"] = name ?? EmulatorTest.NewBucketName(),
                        ["bucketType"] = type,
                        ["fileLockEnabled"] = true,
                    }
                )
            )["bucketId"]
        );

    public JsonObject BucketUpdate(string bucketId, string setting, JsonNode? value) =>
        new()
        {
            ["accountId"] = AccountId,
            ["bucketId"] = bucketId,
            [setting] = value,
        };

    public Task<JsonObject> UpdateBucketAsync(string bucketId, string setting, JsonNode? value) =>
        OkAsync("b2_update_bucket", BucketUpdate(bucketId, setting, value));

    public static JsonObject RetentionUpdate(JsonObject file, string? mode, long? until, bool? bypass = null) =>
        new()
        {
            ["fileName"] = NameOf(file),
            ["fileId"] = IdOf(file),
            ["fileRetention"] = Retention(mode, until),
            ["bypassGovernance"] = bypass,
        };

    public static JsonObject HoldUpdate(JsonObject file, string hold) =>
        new()
        {
            ["fileName"] = NameOf(file),
            ["fileId"] = IdOf(file),
            ["legalHold"] = hold,
        };

    public static JsonObject Deletion(JsonObject file, bool? bypass = null) =>
        new()
        {
            ["fileName"] = NameOf(file),
            ["fileId"] = IdOf(file),
            ["bypassGovernance"] = bypass,
        };

    public Task<JsonObject> InfoAsync(JsonObject file) => OkAsync("b2_get_file_info", new() { ["fileId"] = IdOf(file) });

    /// <summary>What stands in a member that only certain keys may read, as it is written.</summary>
    public static string? Readable(JsonObject answer, string member)
    {
        answer[member]!["isClientAuthorizedToRead"]!.GetValue<bool>().ShouldBeTrue(member);
        return answer[member]!["value"]?.ToJsonString();
    }
}
