using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_authorize_account, whose answer is another in each version of the API.</summary>
internal static class Accounts
{
    public static async Task AuthorizeAsync(Call call)
    {
        var (keyId, secret) = ReadBasic(call.AuthorizationHeader);
        var key = await call.Store.FindKeyAsync(keyId);
        var given = Encoding.ASCII.GetBytes(Store.HashSecret(secret));
        // An unknown key takes as long as a wrong secret.
        var expected = Encoding.ASCII.GetBytes(key?.SecretHash ?? Store.HashSecret(""));
        if (!CryptographicOperations.FixedTimeEquals(given, expected) || key is null || key.IsExpiredAt(call.Store.Now))
        {
            throw new Refusal(401, IsWellFormed(keyId, secret) ? "unauthorized" : "bad_auth_token", "");
        }
        key = call.Lenient.Widen(key);
        if (call.Version < 4 && key.BucketIds is { Count: > 1 })
        {
            throw new Refusal(
                401,
                "unauthorized",
                "This application key is restricted to several buckets, which needs version 4 of the API"
            );
        }
        call.Key = key;
        call.TakeTransaction();
        var names = await FindNamesAsync(call.Store, key);
        var token = await call.Tokens.IssueAccountAsync(key);
        await call.AnswerAsync(writer => Write(writer, call, key, names, token));
    }

    /// <summary>The id of the key with which somebody wants to be let in; null when there is none.</summary>
    public static string? FindKeyId(Call call)
    {
        try
        {
            return ReadBasic(call.AuthorizationHeader).KeyId;
        }
        catch (Refusal)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, Call call, ApplicationKey key, List<(string Id, string? Name)>? buckets, string token)
    {
        if (call.Version >= 3)
        {
            writer.WriteString("accountId", key.AccountId);
            writer.WriteStartObject("apiInfo");
            writer.WriteStartObject("storageApi");
            writer.WriteNumber("absoluteMinimumPartSize", call.Options.MinimumPartSize);
            if (call.Version >= 4)
            {
                writer.WriteStartObject("allowed");
                WriteBuckets(writer, buckets);
                WriteCapabilities(writer, key);
                writer.WriteText("namePrefix", key.NamePrefix);
                writer.WriteEndObject();
            }
            writer.WriteString("apiUrl", call.BaseUrl);
            if (call.Version == 3)
            {
                writer.WriteString("bucketId", buckets?[0].Id);
                writer.WriteString("bucketName", buckets?[0].Name);
                WriteCapabilities(writer, key);
            }
            writer.WriteString("downloadUrl", call.BaseUrl);
            if (call.Version == 3)
            {
                writer.WriteString("infoType", "storageApi");
                writer.WriteText("namePrefix", key.NamePrefix);
            }
            writer.WriteNumber("recommendedPartSize", call.Options.RecommendedPartSize);
            writer.WriteString("s3ApiUrl", call.BaseUrl);
            writer.WriteEndObject();
            writer.WriteEndObject();
            if (key.Expires is { } expires)
            {
                writer.WriteNumber("applicationKeyExpirationTimestamp", expires);
            }
            else
            {
                writer.WriteNull("applicationKeyExpirationTimestamp");
            }
            writer.WriteString("authorizationToken", token);
            return;
        }

        // The flat answer of the first two versions.
        writer.WriteNumber("absoluteMinimumPartSize", call.Options.MinimumPartSize);
        writer.WriteString("accountId", key.AccountId);
        writer.WriteStartObject("allowed");
        writer.WriteString("bucketId", buckets?[0].Id);
        if (call.Version == 2)
        {
            writer.WriteString("bucketName", buckets?[0].Name);
        }
        WriteCapabilities(writer, key);
        writer.WriteText("namePrefix", key.NamePrefix);
        writer.WriteEndObject();
        writer.WriteString("apiUrl", call.BaseUrl);
        writer.WriteString("authorizationToken", token);
        writer.WriteString("downloadUrl", call.BaseUrl);
        if (call.Version == 1)
        {
            writer.WriteNumber("minimumPartSize", call.Options.RecommendedPartSize);
        }
        writer.WriteNumber("recommendedPartSize", call.Options.RecommendedPartSize);
        writer.WriteString("s3ApiUrl", call.BaseUrl);
    }

    private static void WriteBuckets(Utf8JsonWriter writer, List<(string Id, string? Name)>? buckets)
    {
        if (buckets is null)
        {
            writer.WriteNull("buckets");
            return;
        }
        writer.WriteStartArray("buckets");
        foreach (var (id, name) in buckets)
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteString("name", name);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteCapabilities(Utf8JsonWriter writer, ApplicationKey key)
    {
        writer.WriteStartArray("capabilities");
        foreach (var capability in key.Capabilities)
        {
            writer.WriteStringValue(capability);
        }
        writer.WriteEndArray();
    }

    private static async Task<List<(string Id, string? Name)>?> FindNamesAsync(Store store, ApplicationKey key)
    {
        if (key.BucketIds is not { } ids)
        {
            return null;
        }
        var buckets = await store.ListBucketsAsync(key.AccountId);
        return [.. ids.Select(id => (id, buckets.Find(bucket => bucket.Id == id)?.Name))];
    }

    /// <summary>True for what could be a key of B2's: 12 or 25 hex digits, and 31 characters.</summary>
    private static bool IsWellFormed(string keyId, string secret) =>
        keyId.Length is 12 or 25 && keyId.All(char.IsAsciiHexDigit) && secret.Length == 31;

    private static (string KeyId, string Secret) ReadBasic(string? header)
    {
        const string Scheme = "Basic ";
        if (header is null)
        {
            throw Refusal.MissingToken();
        }
        try
        {
            if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                var text = Encoding.UTF8.GetString(Convert.FromBase64String(header[Scheme.Length..].Trim()));
                if (text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                {
                    return (text[..colon], text[(colon + 1)..]);
                }
            }
        }
        catch (FormatException)
        {
            // Not base64: refused as everything else that is no credentials.
        }
        throw new Refusal(401, "bad_auth_token", "");
    }
}
