using System.Globalization;

namespace B2Sdk.Cli;

/// <summary>Points in time as the Python tool takes them, seconds with or without a fraction or milliseconds by their magnitude, or as dates.</summary>
internal static class Moment
{
    // As seconds this lies in the year 5138, as milliseconds in 1973: nobody means the former.
    private const decimal FirstMilliseconds = 100_000_000_000;
    private const decimal Latest = 253_402_300_799_999;
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFK", "yyyy-MM-ddTHH:mmK"];

    public static DateTimeOffset Parse(string text, string option)
    {
        if (
            DateTimeOffset.TryParseExact(
                text,
                DateFormats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var date
            )
        )
        {
            return date;
        }
        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        var milliseconds = number < FirstMilliseconds ? number * 1000 : number;
        return isNumber && milliseconds <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
            : throw new MisuseException(
                $"{option}: '{text}' is not a time in seconds or milliseconds since 1970, nor a date such as 2027-01-31 or 2027-01-31T12:00:00Z."
            );
    }
}
