using System.Globalization;

namespace B2Sdk;

/// <summary>Points in time as HTTP headers have them.</summary>
internal static class HttpDate
{
    // The form that is written, and the two older ones that readers must know.
    private static readonly string[] Forms =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>Reads a date in any of the three forms; null when it is none.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowInnerWhite,
            out var time
        )
            ? time
            : null;

    /// <summary>Writes a date; null stays null.</summary>
    public static string? Write(DateTimeOffset? time) => time?.ToString("R", CultureInfo.InvariantCulture);
}
