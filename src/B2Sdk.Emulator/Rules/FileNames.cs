using System.Text;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Rules;

/// <summary>What a file may be called.</summary>
/// <remarks>Slashes at either end or in a row, backslashes and long segments are let through: files with such names exist.</remarks>
internal static class FileNames
{
    public const int MaxBytes = 1024;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns the name's UTF-8 bytes, by which names are compared.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isLenient">True to let pass any name that is not empty.</param>
    public static byte[] Validate(string name, bool isLenient = false)
    {
        if (name.Length == 0)
        {
            throw Refusal.BadRequest("File names must contain at least one character");
        }
        if (isLenient)
        {
            return ToUtf8(name, "file name");
        }
        foreach (var character in name)
        {
            if (character < ' ')
            {
                throw Refusal.BadRequest("File names must not contain characters below 32");
            }
            if (character == '\x7F')
            {
                throw Refusal.BadRequest("File names must not contain DELETE");
            }
        }
        var utf8 = ToUtf8(name, "file name");
        return utf8.Length <= MaxBytes
            ? utf8
            : throw Refusal.BadRequest($"File names must be at most {MaxBytes} bytes of UTF-8; this one has {utf8.Length}");
    }

    public static byte[] ToUtf8(string text, string what)
    {
        try
        {
            return StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw Refusal.BadRequest($"The {what} must be valid Unicode");
        }
    }

    /// <summary>The first string of bytes that comes after everything beginning with a prefix; null when there is none.</summary>
    public static byte[]? AfterAll(ReadOnlySpan<byte> prefix)
    {
        var end = prefix.Length;
        while (end > 0 && prefix[end - 1] == 0xFF)
        {
            end--;
        }
        if (end == 0)
        {
            return null;
        }
        var after = prefix[..end].ToArray();
        after[end - 1]++;
        return after;
    }
}
