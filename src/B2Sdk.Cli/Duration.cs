using System.Globalization;

namespace B2Sdk.Cli;

/// <summary>Lengths of time as people write them: seconds, or <c>45s</c>, <c>30m</c>, <c>12h</c>, <c>7d</c>, <c>2w</c>.</summary>
internal static class Duration
{
    public static TimeSpan Parse(string text, string option)
    {
        var (number, unit) = text.Length > 0 && char.IsAsciiLetter(text[^1]) ? (text[..^1], text[^1]) : (text, 's');
        var seconds = unit switch
        {
            's' => 1L,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            'w' => 7 * 86_400,
            _ => 0,
        };
        var isNumber = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        return isNumber && seconds > 0
            ? TimeSpan.FromSeconds(count * seconds)
            : throw new MisuseException(
                $"{option}: '{text}' is not a time in seconds, such as 86400, or with a unit, such as 30m, 12h, 7d or 2w."
            );
    }
}
