using System.Text;

namespace B2Sdk.Emulator.Http;

/// <summary>B2's percent-encoding of names and info values in headers, paths and queries.</summary>
internal static class PercentEncoding
{
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*/:;=@";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads <c>%XX</c> in either case, and a plus as a blank.</summary>
    /// <exception cref="Refusal">An escape is cut off, or the bytes are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<char> encoded, string what)
    {
        if (!encoded.ContainsAny('%', '+') && !encoded.ContainsAnyExceptInRange(' ', '~'))
        {
            return encoded.ToString();
        }
        var octets = new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var character = encoded[i];
            if (character == '%')
            {
                if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[i + 1]) || !char.IsAsciiHexDigit(encoded[i + 2]))
                {
                    throw Refusal.BadRequest($"Bad percent-encoding of {what}");
                }
                octets[length++] = (byte)((HexValue(encoded[i + 1]) << 4) | HexValue(encoded[i + 2]));
                i += 2;
            }
            else if (character is < ' ' or > '~')
            {
                // What should have been encoded and is not is let through, but for this.
                throw Refusal.BadRequest($"The {what} must be percent-encoded UTF-8");
            }
            else
            {
                octets[length++] = character == '+' ? (byte)' ' : (byte)character;
            }
        }
        try
        {
            return StrictUtf8.GetString(octets, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw Refusal.BadRequest($"The {what} must be percent-encoded UTF-8");
        }
    }

    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (Plain.Contains((char)octet, StringComparison.Ordinal))
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append('%').Append(octet.ToString("X2"));
            }
        }
        return encoded.ToString();
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
