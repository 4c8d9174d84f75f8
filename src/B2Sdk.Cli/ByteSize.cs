using System.Globalization;

namespace B2Sdk.Cli;

/// <summary>Numbers of bytes as people write them: <c>5000000</c>, <c>5M</c>, <c>5MB</c>, <c>5Mi</c>, <c>5MiB</c>.</summary>
internal static class ByteSize
{
    private const string Units = "KMGT";

    public static long Parse(string text, string option)
    {
        var number = text.Trim();
        number = number.EndsWith('B') ? number[..^1] : number;
        var step = 1000L;
        if (number.EndsWith('i'))
        {
            step = 1024;
            number = number[..^1];
        }
        var power = number.Length > 0 ? Units.IndexOf(char.ToUpperInvariant(number[^1]), StringComparison.Ordinal) + 1 : 0;
        if (power > 0)
        {
            number = number[..^1];
        }
        var isNumber = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        if (!isNumber || (step == 1024 && power == 0))
        {
            throw new MisuseException($"{option}: '{text}' is not a number of bytes, such as 5000000, 5MB or 5MiB.");
        }
        try
        {
            for (; power > 0; power--)
            {
                count = checked(count * step);
            }
            return count;
        }
        catch (OverflowException)
        {
            throw new MisuseException($"{option}: '{text}' is more than any file has.");
        }
    }

    /// <summary>A number of bytes for people, in decimal units as B2 bills them.</summary>
    public static string Show(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (value >= 999.95 && unit < Units.Length)
        {
            value /= 1000;
            unit++;
        }
        return unit == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
            : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {(unit == 1 ? 'k' : Units[unit - 1])}B");
    }
}
