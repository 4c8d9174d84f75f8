using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Rules;

/// <summary>Where a version stands among the versions of its name: later is newer, and of the same time the later arrival.</summary>
internal readonly record struct VersionPlace(long Timestamp, long Number);

/// <summary>The form of file ids: they tell the bucket, the kind, the number of arrival and the time.</summary>
internal static partial class FileIds
{
    public const char Small = '1';
    public const char Large = '2';
    public const char HideMarker = '4';
    private const int MaxLength = 200;

    /// <summary>How many characters the ids have that are made here.</summary>
    public const int Length = 83;

    public static string Make(string bucketId, char kind, VersionPlace place)
    {
        Span<byte> ascii = stackalloc byte[Length];
        Write(ascii, bucketId, kind, place);
        return Encoding.ASCII.GetString(ascii);
    }

    /// <summary>Writes the characters of an id.</summary>
    public static void Write(Span<byte> ascii, string bucketId, char kind, VersionPlace place)
    {
        // Written for every row of every page: numbers are written several times as quickly as times.
        var time = DateTimeOffset.FromUnixTimeMilliseconds(place.Timestamp).UtcDateTime;
        var date = (time.Year * 10_000) + (time.Month * 100) + time.Day;
        var second = (time.Hour * 10_000) + (time.Minute * 100) + time.Second;
        "4_z000000000000000000000000_f0000000000000000_d00000000_m000000_c000_v0001000_t0000"u8.CopyTo(ascii);
        Encoding.ASCII.GetBytes(bucketId, ascii[3..]);
        ascii[29] = (byte)kind;
        place.Number.TryFormat(ascii[30..], out _, "x15", CultureInfo.InvariantCulture);
        date.TryFormat(ascii[47..], out _, "d8", CultureInfo.InvariantCulture);
        second.TryFormat(ascii[57..], out _, "d6", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the place from an id, whether or not its version still exists; null when it is no id.</summary>
    public static VersionPlace? Read(string fileId)
    {
        if (fileId.Length > MaxLength || Form().Match(fileId) is not { Success: true } match)
        {
            return null;
        }
        if (
            !DateTimeOffset.TryParseExact(
                match.Groups["date"].Value + match.Groups["time"].Value,
                "yyyyMMddHHmmss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
        {
            return null;
        }
        return new(
            time.ToUnixTimeMilliseconds(),
            long.Parse(match.Groups["number"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Reads the bucket's id from an id, whether or not its version still exists; null when it is no id.</summary>
    public static string? ReadBucket(string fileId) => Read(fileId) is null ? null : fileId[3..27];

    public static VersionPlace Require(string fileId) => Read(fileId) ?? throw Refusal.BadFileId(fileId);

    [GeneratedRegex(
        "^4_z[0-9a-f]{24}_f[0-9](?<number>[0-9a-f]{15})_d(?<date>[0-9]{8})_m(?<time>[0-9]{6})_c[0-9]{3}_v[0-9]{7}_t[0-9]{4}\\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Form();
}
