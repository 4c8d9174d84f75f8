using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using B2Sdk.Emulator.Http;
using static B2Sdk.Emulator.Rules.SettingsJson;

namespace B2Sdk.Emulator.Rules;

/// <summary>What buckets may be called, and what may be set on them. Each reader returns the JSON that is kept and answered.</summary>
internal static partial class BucketSettings
{
    public const string AllPublic = "allPublic";
    public const string AllPrivate = "allPrivate";

    private const int LongestLenientName = 200;
    private const int MaxRules = 100;
    private const int MaxInfoKeys = 10;
    private const int MaxInfoValueBytes = 2048;
    private const int MaxCorsRuleBytes = 1000;
    private const int MaxCorsAge = 86_400;

    private static readonly string[] ListableTypes = [AllPublic, AllPrivate, "restricted", "snapshot", "shared"];

    private static readonly string[] CorsOperations =
    [
        "b2_download_file_by_id",
        "b2_download_file_by_name",
        "b2_upload_file",
        "b2_upload_part",
        "s3_delete",
        "s3_get",
        "s3_head",
        "s3_post",
        "s3_put",
    ];

    private static readonly string[] LifecycleDays =
    [
        "daysFromHidingToDeleting",
        "daysFromStartingToCancelingUnfinishedLargeFiles",
        "daysFromUploadingToHiding",
    ];

    public static void ValidateName(string name, bool isLenient)
    {
        if (isLenient && name.Length is > 0 and <= LongestLenientName && !name.Any(character => character is '/' or < ' '))
        {
            return;
        }
        if (!Name().IsMatch(name))
        {
            throw Refusal.BadRequest($"Invalid bucket name: {name}. Bucket names have 6 to 63 letters, digits and hyphens");
        }
        if (name.StartsWith("b2-", StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.BadRequest($"Invalid bucket name: {name}. Bucket names must not start with b2-");
        }
    }

    public static string ValidateType(string type) =>
        type is AllPublic or AllPrivate ? type : throw Refusal.BadRequest($"Invalid bucketType: {type}. It is {AllPublic} or {AllPrivate}");

    /// <summary>The types to list; null for all.</summary>
    public static IReadOnlyList<string>? ReadTypes(IReadOnlyList<string>? types)
    {
        if (types is null or ["all"])
        {
            return null;
        }
        return types.Count > 0 && types.All(type => ListableTypes.Contains(type, StringComparer.Ordinal))
            ? types
            : throw Refusal.BadRequest("bucketTypes must be [\"all\"], or bucket types and not \"all\"");
    }

    public static string ReadInfo(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.BadRequest("bucketInfo must be an object");
        }
        var info = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var value = Text(member.Value, "bucketInfo");
            if (!InfoKey().IsMatch(member.Name) || member.Name.StartsWith("b2-", StringComparison.OrdinalIgnoreCase))
            {
                throw Refusal.BadRequest($"Bad bucketInfo key: {member.Name}");
            }
            if (Encoding.UTF8.GetByteCount(value) > MaxInfoValueBytes)
            {
                throw Refusal.BadRequest($"The bucketInfo value of {member.Name} is over {MaxInfoValueBytes} bytes");
            }
            var key = member.Name.ToLowerInvariant();
            // A member that is written twice is JSON's affair, and the last one counts; two that only lower case makes equal are refused.
            if (given.TryGetValue(key, out var before) && before != member.Name)
            {
                throw Refusal.BadRequest($"duplicate bucket info name: {key}");
            }
            given[key] = member.Name;
            info[key] = value;
        }
        return info.Count <= MaxInfoKeys
            ? FileInfoRules.ToJson(info)
            : throw Refusal.BadRequest($"bucketInfo has {info.Count} keys; the limit is {MaxInfoKeys}");
    }

    public static string ReadLifecycleRules(JsonElement element)
    {
        var rules = Elements(element, "lifecycleRules", MaxRules);
        var prefixes = new List<string>();
        return WriteArray(writer =>
        {
            foreach (var rule in rules)
            {
                var prefix = Text(
                    Member(rule, "fileNamePrefix") ?? throw Refusal.BadRequest("a lifecycle rule needs fileNamePrefix"),
                    "fileNamePrefix"
                );
                if (
                    prefixes.Exists(other =>
                        other.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(other, StringComparison.Ordinal)
                    )
                )
                {
                    throw Refusal.BadRequest($"More than one lifecycle rule applies to files beginning with '{prefix}'");
                }
                prefixes.Add(prefix);
                var days = LifecycleDays.Select(name => (name, Value: Days(rule, name))).ToList();
                if (days.TrueForAll(day => day.Value is null))
                {
                    throw Refusal.BadRequest($"The lifecycle rule for '{prefix}' does nothing");
                }
                writer.WriteStartObject();
                foreach (var (name, value) in days)
                {
                    if (value is { } number)
                    {
                        writer.WriteNumber(name, number);
                    }
                    else
                    {
                        writer.WriteNull(name);
                    }
                }
                writer.WriteText("fileNamePrefix", prefix);
                writer.WriteEndObject();
            }
        });
    }

    public static string ReadCorsRules(JsonElement element)
    {
        var rules = Elements(element, "corsRules", MaxRules);
        var names = new HashSet<string>(StringComparer.Ordinal);
        return WriteArray(writer =>
        {
            foreach (var rule in rules)
            {
                var name = Text(Member(rule, "corsRuleName") ?? throw Refusal.BadRequest("a CORS rule needs corsRuleName"), "corsRuleName");
                if (!Name().IsMatch(name) || name.StartsWith("b2-", StringComparison.OrdinalIgnoreCase) || !names.Add(name))
                {
                    throw Refusal.BadRequest($"Invalid or duplicate corsRuleName: {name}");
                }
                var origins = Texts(rule, "allowedOrigins") ?? [];
                if (CorsPatterns.FindFault(origins) is { } fault)
                {
                    throw Refusal.BadRequest($"The CORS rule {name} {fault}");
                }
                var operations = Texts(rule, "allowedOperations") ?? [];
                if (operations.Count == 0 || operations.Except(CorsOperations, StringComparer.Ordinal).Any())
                {
                    throw Refusal.BadRequest($"The CORS rule {name} needs allowedOperations, of {string.Join(", ", CorsOperations)}");
                }
                var age =
                    Member(rule, "maxAgeSeconds") is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var seconds)
                        ? seconds
                        : -1;
                if (age is < 0 or > MaxCorsAge)
                {
                    throw Refusal.BadRequest($"The CORS rule {name} needs maxAgeSeconds in range 0 - {MaxCorsAge}");
                }
                var allowed = Texts(rule, "allowedHeaders");
                var exposed = Texts(rule, "exposeHeaders");
                if (!CorsPatterns.AreAllowable(allowed ?? []))
                {
                    throw Refusal.BadRequest(
                        $"The CORS rule {name} needs allowedHeaders that are names of headers, which may end with *, or * and nothing else"
                    );
                }
                if (!CorsPatterns.AreExposable(exposed ?? []))
                {
                    throw Refusal.BadRequest($"The CORS rule {name} needs exposeHeaders that are whole names of headers");
                }
                var bytes = new[] { name }
                    .Concat(origins)
                    .Concat(operations)
                    .Concat(allowed ?? [])
                    .Concat(exposed ?? [])
                    .Sum(Encoding.UTF8.GetByteCount);
                if (bytes >= MaxCorsRuleBytes)
                {
                    throw Refusal.BadRequest($"The CORS rule {name} has {bytes} bytes; it must have fewer than {MaxCorsRuleBytes}");
                }
                writer.WriteStartObject();
                Put(writer, "allowedHeaders", allowed);
                Put(writer, "allowedOperations", operations);
                Put(writer, "allowedOrigins", origins);
                writer.WriteText("corsRuleName", name);
                Put(writer, "exposeHeaders", exposed);
                writer.WriteNumber("maxAgeSeconds", age);
                writer.WriteEndObject();
            }
        });
    }

    private static int? Days(JsonElement rule, string name)
    {
        if (Member(rule, name) is not { } element)
        {
            return null;
        }
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var days) && days > 0
            ? days
            : throw Refusal.BadRequest($"{name} must be a positive number of days");
    }

    [GeneratedRegex("^[A-Za-z0-9-]{6,63}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,50}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex InfoKey();
}
