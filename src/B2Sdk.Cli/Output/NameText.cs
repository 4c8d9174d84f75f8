using System.Buffers;
using System.Globalization;
using System.Text;

namespace B2Sdk.Cli.Output;

/// <summary>Names for people: on one line, harmless to a terminal, and such that they can be pasted into a shell again.</summary>
internal static class NameText
{
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@%+=:,./-_"
    );

    /// <summary>A name as a word of a POSIX shell: plain, in quotes, or, with characters that act on terminals, in <c>$'…'</c>.</summary>
    public static string Quote(string name)
    {
        if (name.Any(ActsOnTerminals))
        {
            var quoted = new StringBuilder("$'");
            foreach (var rune in name.EnumerateRunes())
            {
                if (rune.IsBmp && ActsOnTerminals((char)rune.Value))
                {
                    AppendBytes(quoted, rune);
                }
                else if (rune.Value is '\'' or '\\')
                {
                    quoted.Append('\\').Append(rune);
                }
                else
                {
                    quoted.Append(rune);
                }
            }
            return quoted.Append('\'').ToString();
        }
        var isPlain = name.Length > 0 && !name.AsSpan().ContainsAnyExcept(PlainCharacters);
        return isPlain ? name : $"'{name.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";
    }

    /// <summary>A text with everything that acts on terminals made visible, line breaks too.</summary>
    public static string Escape(string text)
    {
        if (!text.Any(ActsOnTerminals))
        {
            return text;
        }
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (ActsOnTerminals(character))
            {
                escaped.Append(character < 0x100 ? "\\x" : "\\u");
                escaped.Append(((int)character).ToString(character < 0x100 ? "x2" : "x4", CultureInfo.InvariantCulture));
            }
            else
            {
                escaped.Append(character);
            }
        }
        return escaped.ToString();
    }

    private static void AppendBytes(StringBuilder text, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
        {
            text.Append("\\x").Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Controls, line separators, and the marks that turn the direction of writing.</summary>
    private static bool ActsOnTerminals(char character) =>
        char.IsControl(character)
        || character
            is '\u061c'
                or (>= '\u200e' and <= '\u200f')
                or (>= '\u2028' and <= '\u202e')
                or (>= '\u2066' and <= '\u2069')
                or '\ufeff';
}
