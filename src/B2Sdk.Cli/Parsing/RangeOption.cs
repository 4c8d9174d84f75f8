using System.CommandLine;
using System.Globalization;

namespace B2Sdk.Cli.Parsing;

/// <summary><c>--range</c>: the first byte and the last, as the Python tool writes ranges; without the last, all that follows.</summary>
internal static class RangeOption
{
    public static Option<string?> Make(string description) => new("--range") { Description = description, HelpName = "START,END" };

    public static ByteRange? Read(ParseResult line, Option<string?> option)
    {
        if (line.GetValue(option) is not { } text)
        {
            return null;
        }
        if (text.Split(',') is [var first, var last] && Number(first) is { } start && (last.Length == 0 || Number(last) >= start))
        {
            return new(start, Number(last));
        }
        throw new MisuseException(
            $"{option.Name}: '{text}' is not a first and a last byte, such as 0,99 for the first hundred, or 100, for all but these."
        );
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
