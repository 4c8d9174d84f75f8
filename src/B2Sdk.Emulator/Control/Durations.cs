using System.Buffers;
using System.Globalization;

namespace B2Sdk.Emulator.Control;

/// <summary>Lengths of time as people write them: <c>250ms</c>, <c>90s</c>, <c>1h30m</c>, <c>30d</c>.</summary>
internal static class Durations
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
    ];

    /// <summary>Reads a length of time; null when the text is none. A number without a unit counts seconds.</summary>
    public static TimeSpan? Read(string text)
    {
        var sign = text.StartsWith('-') ? -1 : 1;
        var rest = text.AsSpan(sign < 0 ? 1 : 0);
        if (decimal.TryParse(rest, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds <= long.MaxValue ? ToTime(sign * seconds * TimeSpan.TicksPerSecond) : null;
        }
        decimal ticks = 0;
        do
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (
                digits <= 0
                || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || number > int.MaxValue
            )
            {
                return null;
            }
            rest = rest[digits..];
            if (FindUnit(rest) is not { } found)
            {
                return null;
            }
            ticks += number * found.Length.Ticks;
            rest = rest[found.Unit.Length..];
        } while (rest.Length > 0);
        return ToTime(sign * ticks);
    }

    /// <summary>Writes a length of time as it is read.</summary>
    public static string Write(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
        {
            return "0s";
        }
        var length = time.Duration();
        var seconds = new TimeSpan(0, 0, length.Seconds);
        var rest = (decimal)(length.Ticks % TimeSpan.TicksPerSecond) / TimeSpan.TicksPerMillisecond;
        return (time < TimeSpan.Zero ? "-" : "")
            + Part(length.Days, "d")
            + Part(length.Hours, "h")
            + Part(length.Minutes, "m")
            + Part((decimal)seconds.TotalSeconds, "s")
            + Part(rest, "ms");
    }

    private static string Part(decimal number, string unit) =>
        number == 0 ? "" : number.ToString("0.####", CultureInfo.InvariantCulture) + unit;

    private static (string Unit, TimeSpan Length)? FindUnit(ReadOnlySpan<char> text)
    {
        foreach (var candidate in Units)
        {
            if (text.StartsWith(candidate.Unit, StringComparison.Ordinal))
            {
                return candidate;
            }
        }
        return null;
    }

    private static TimeSpan? ToTime(decimal ticks) =>
        ticks >= TimeSpan.MinValue.Ticks && ticks <= TimeSpan.MaxValue.Ticks ? new TimeSpan((long)ticks) : null;
}
