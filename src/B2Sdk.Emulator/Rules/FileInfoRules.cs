using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Rules;

/// <summary>What an uploader may write about a file.</summary>
internal static partial class FileInfoRules
{
    public const string HeaderPrefix = "X-Bz-Info-";
    private const int MaxKeyLength = 50;
    private const int MaxBytes = 7000;
    private const int MaxProtectedBytes = 2048;

    /// <summary>The three forms that HTTP has had for a date.</summary>
    private static readonly string[] DateForms =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM dd HH:mm:ss yyyy",
        "ddd MMM  d HH:mm:ss yyyy",
    ];

    /// <summary>The reserved keys, and the headers that downloads get of them.</summary>
    public static readonly IReadOnlyDictionary<string, string> Headers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["b2-cache-control"] = "Cache-Control",
        ["b2-content-disposition"] = "Content-Disposition",
        ["b2-content-encoding"] = "Content-Encoding",
        ["b2-content-language"] = "Content-Language",
        ["b2-expires"] = "Expires",
    };

    /// <summary>Checks info and returns it in the order and case in which it is kept.</summary>
    public static SortedDictionary<string, string> Validate(string fileName, IEnumerable<KeyValuePair<string, string>> info)
    {
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in info)
        {
            if (key.Length > MaxKeyLength || !Key().IsMatch(key))
            {
                throw Refusal.BadRequest($"Bad file info key: {key}");
            }
            var name = key.ToLowerInvariant();
            if (name.StartsWith("b2-", StringComparison.Ordinal))
            {
                ValidateReserved(name, value);
            }
            FileNames.ToUtf8(value, $"file info {key}");
            if (!kept.TryAdd(name, value))
            {
                throw Refusal.BadRequest($"Duplicate file info key: {key}");
            }
        }
        CheckLength(fileName, kept);
        return kept;
    }

    /// <summary>Checks how long a name and its info are together.</summary>
    public static void CheckLength(string fileName, IEnumerable<KeyValuePair<string, string>> info)
    {
        var length = Length(fileName, info);
        if (length > MaxBytes)
        {
            throw Refusal.BadRequest($"File name and file info have {length} bytes as headers; the limit is {MaxBytes}");
        }
    }

    /// <summary>Checks how long a name and its info are for a file that is encrypted or lies in a locked bucket.</summary>
    public static void CheckProtectedLength(string fileName, string info)
    {
        var length = Length(fileName, Parse(info));
        if (length > MaxProtectedBytes)
        {
            throw Refusal.BadRequest(
                $"File name and file info have {length} bytes as headers; with encryption or Object Lock the limit is {MaxProtectedBytes}"
            );
        }
    }

    /// <summary>True when a file that exists has room for what Object Lock writes of it.</summary>
    public static bool CanBeLocked(string fileName, string info) => Length(fileName, Parse(info)) <= MaxProtectedBytes;

    /// <summary>Reads the info of a JSON call.</summary>
    public static IEnumerable<KeyValuePair<string, string>> FromJson(JsonElement? element)
    {
        if (element is not { } info)
        {
            return [];
        }
        if (info.ValueKind != JsonValueKind.Object || info.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.String))
        {
            throw Refusal.BadRequest("fileInfo must be an object whose values are strings");
        }
        return [.. info.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetString()!))];
    }

    public static string ToJson(SortedDictionary<string, string> info)
    {
        if (info.Count == 0)
        {
            return "{}";
        }
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonText.Options))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in info)
            {
                writer.WriteText(key, value);
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads kept info.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetString()!))];
    }

    // B2 counts whole header lines, each with its line end.
    private static int Length(string fileName, IEnumerable<KeyValuePair<string, string>> info) =>
        "X-Bz-File-Name: \r\n".Length
        + PercentEncoding.Encode(fileName).Length
        + info.Sum(entry => HeaderPrefix.Length + entry.Key.Length + ": \r\n".Length + PercentEncoding.Encode(entry.Value).Length);

    private static void ValidateReserved(string key, string value)
    {
        if (!Headers.ContainsKey(key))
        {
            throw Refusal.BadRequest($"File info keys beginning with b2- are reserved: {key}");
        }
        if (value.Length == 0 || value.Any(character => character is < ' ' or > '~'))
        {
            throw Refusal.BadRequest($"Bad value of file info {key}: {value}");
        }
        var isGood = key switch
        {
            "b2-expires" => DateTime.TryParseExact(value, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "b2-content-language" => Language().IsMatch(value),
            "b2-content-encoding" => Tokens().IsMatch(value),
            "b2-content-disposition" => Disposition().IsMatch(value),
            _ => Directives().IsMatch(value),
        };
        if (!isGood)
        {
            throw Refusal.BadRequest($"Bad value of file info {key}: {value}");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_.`~!#$%^&*'|+-]+\\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    [GeneratedRegex(
        "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*( *, *[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)*\\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Language();

    [GeneratedRegex(
        "^[A-Za-z0-9!#$%&'*+.^_`|~-]+( *, *[A-Za-z0-9!#$%&'*+.^_`|~-]+)*\\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Tokens();

    // What HTTP calls a list: elements may be missing, but not all of them.
    [GeneratedRegex(
        """^[ ,]*[A-Za-z0-9!#$%&'*+.^_`|~-]+( *= *([A-Za-z0-9!#$%&'*+.^_`|~-]+|"([^"\\]|\\.)*"))?( *,[ ,]*[A-Za-z0-9!#$%&'*+.^_`|~-]+( *= *([A-Za-z0-9!#$%&'*+.^_`|~-]+|"([^"\\]|\\.)*"))?)*[ ,]*\z""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Directives();

    // RFC 6266 without parameter continuations; extended values are UTF-8 and without a language.
    [GeneratedRegex(
        """^[A-Za-z0-9!#$%&'*+.^_`|~-]+( *; *([A-Za-z0-9!#$%&'+.^_`|~-]+\* *= *[Uu][Tt][Ff]-8''[A-Za-z0-9!#$%&+.^_`|~-]*|[A-Za-z0-9!#$%&'+.^_`|~-]+ *= *([A-Za-z0-9!#$%&'*+.^_`|~-]+|"([^"\\]|\\.)*")))* *;? *\z""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Disposition();
}
