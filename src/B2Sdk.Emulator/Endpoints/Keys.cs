using System.Text.Json;
using B2Sdk.Emulator.Control;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_create_key, b2_list_keys and b2_delete_key.</summary>
internal static class Keys
{
    private const int MaxNameLength = 100;
    private const int LongestLife = 86_400_000;
    private const int DefaultCount = 100;
    private const int MaxCount = 10_000;

    public static async Task CreateAsync(Call call)
    {
        var described = ReadNew(call.Arguments, call.Version);
        var seconds = call.Arguments.OptionalInteger("validDurationInSeconds");
        call.RequireAccount();
        call.Require(Capabilities.WriteKeys);

        var secret = EmulatorControl.NewSecret();
        var key = await call.Store.SaveKeyAsync(
            described with
            {
                Id = $"000{call.AccountId}{call.Store.NextKeyNumber():x10}",
                AccountId = call.AccountId,
                SecretHash = Store.HashSecret(secret),
                Expires = seconds is { } life ? call.Store.Now + life * 1000 : null,
            }
        );
        await call.AnswerAsync(writer => WriteMembers(writer, key, call.Version, secret));
    }

    /// <summary>Reads a key that is to be made, and is nobody's yet.</summary>
    /// <exception cref="Refusal">There is no such key that could be made.</exception>
    public static ApplicationKey ReadNew(Arguments arguments, int version)
    {
        var capabilities = arguments.RequiredStrings("capabilities");
        var name = arguments.RequiredString("keyName");
        var seconds = arguments.OptionalInteger("validDurationInSeconds");
        var prefix = arguments.OptionalString("namePrefix");
        var bucketIds = ReadBucketIds(arguments, version);
        Validate(capabilities, name, seconds, bucketIds);
        if (prefix is not null)
        {
            FileNames.ToUtf8(prefix, "namePrefix");
        }
        return new()
        {
            Id = "",
            AccountId = "",
            SecretHash = "",
            Name = name,
            Capabilities = [.. capabilities.Distinct(StringComparer.Ordinal)],
            BucketIds = bucketIds is { Count: > 0 } ? [.. bucketIds.Distinct(StringComparer.Ordinal)] : null,
            NamePrefix = string.IsNullOrEmpty(prefix) ? null : prefix,
        };
    }

    public static async Task ListAsync(Call call)
    {
        var count = call.Arguments.OptionalInteger("maxKeyCount") ?? DefaultCount;
        var start = call.Arguments.OptionalString("startApplicationKeyId");
        if (count is < 1 or > MaxCount)
        {
            throw Refusal.OutOfRange("maxKeyCount", count, 1, MaxCount);
        }
        call.RequireAccount();
        call.Require(Capabilities.ListKeys);

        var keys = await call.Store.ListKeysAsync(call.AccountId, start, withSeveralBuckets: call.Version >= 4, (int)count + 1);
        call.Record.Rows = (int)Math.Min(keys.Count, count);
        await call.AnswerAsync(writer =>
        {
            writer.WriteStartArray("keys");
            foreach (var key in keys.Take((int)count))
            {
                writer.WriteStartObject();
                WriteMembers(writer, key, call.Version, secret: null);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteString("nextApplicationKeyId", keys.Count > count ? keys[^1].Id : null);
        });
    }

    public static async Task DeleteAsync(Call call)
    {
        var keyId = call.Arguments.RequiredString("applicationKeyId");
        call.Require(Capabilities.DeleteKeys);
        if (
            call.Version < 4
            && await call.Store.FindKeyAsync(keyId) is { BucketIds.Count: > 1 } several
            && several.AccountId == call.AccountId
        )
        {
            throw Refusal.BadRequest("This application key is restricted to several buckets, which needs version 4 of the API");
        }
        var key = await call.Store.DeleteKeyAsync(call.AccountId, keyId) ?? throw Refusal.BadRequest("Application key does not exist");
        call.Tokens.RevokeAllOf(keyId);
        await call.AnswerAsync(writer => WriteMembers(writer, key, call.Version, secret: null));
    }

    private static IReadOnlyList<string>? ReadBucketIds(Arguments arguments, int version)
    {
        const string One = "bucketId";
        const string Several = "bucketIds";
        var (own, foreign) = version >= 4 ? (Several, One) : (One, Several);
        if (arguments.Has(foreign))
        {
            // Ignored as other unknown fields are, it would leave a key for every bucket there is.
            throw Refusal.BadRequest($"{foreign} is not known in version {version} of b2_create_key, which takes {own}");
        }
        return own == Several ? arguments.OptionalStrings(own)
            : arguments.OptionalString(own) is { } bucketId ? [bucketId]
            : null;
    }

    private static void Validate(IReadOnlyList<string> capabilities, string name, long? seconds, IReadOnlyList<string>? bucketIds)
    {
        if (capabilities.Count == 0)
        {
            throw Refusal.BadRequest("capabilities must not be empty");
        }
        if (capabilities.Except(Capabilities.All, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw Refusal.BadRequest($"{unknown} is not a valid capability");
        }
        if (name.Length is 0 or > MaxNameLength || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            throw Refusal.BadRequest($"keyName must be 1 to {MaxNameLength} letters, digits and hyphens");
        }
        if (seconds is < 1 or > LongestLife)
        {
            throw Refusal.BadRequest($"validDurationInSeconds must be in range 1 - {LongestLife}");
        }
        if (
            bucketIds is { Count: > 0 }
            && capabilities.Intersect(Capabilities.OfWholeAccounts, StringComparer.Ordinal).FirstOrDefault() is { } wide
        )
        {
            throw Refusal.BadRequest($"A key that is restricted to buckets cannot have the capability {wide}");
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, ApplicationKey key, int version, string? secret)
    {
        writer.WriteString("accountId", key.AccountId);
        if (secret is not null)
        {
            writer.WriteString("applicationKey", secret);
        }
        writer.WriteString("applicationKeyId", key.Id);
        if (version >= 4)
        {
            WriteStrings(writer, "bucketIds", key.BucketIds);
        }
        else
        {
            writer.WriteString("bucketId", key.BucketIds?[0]);
        }
        WriteStrings(writer, "capabilities", key.Capabilities);
        if (key.Expires is { } expires)
        {
            writer.WriteNumber("expirationTimestamp", expires);
        }
        else
        {
            writer.WriteNull("expirationTimestamp");
        }
        writer.WriteString("keyName", key.Name);
        writer.WriteText("namePrefix", key.NamePrefix);
        WriteStrings(writer, "options", ["s3"]);
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }
        writer.WriteEndArray();
    }
}
