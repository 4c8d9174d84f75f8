using System.Buffers;
using System.Text;

namespace B2Sdk.Wire;

/// <summary>
/// The percent-encoding of file names and info values in headers and URLs. Only letters, digits and <c>-._~/</c> stay plain: B2 would take more, but reads a plus
/// as a blank, and proxies are at home with this set.
/// </summary>
internal static class FileNameEncoding
{
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(Plain);
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(PlainCharacters))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var octet in StrictUtf8.GetBytes(text))
        {
            if (PlainCharacters.Contains((char)octet))
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

    /// <summary>Reads <c>%XX</c> and <c>+</c> as B2 does. What is no escape stays as it is, so that an odd name can still be shown.</summary>
    public static string Decode(string encoded)
    {
        if (!encoded.AsSpan().ContainsAny('%', '+'))
        {
            return encoded;
        }

        var octets = Encoding.UTF8.GetBytes(encoded);
        var length = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            var octet = octets[i];
            if (
                octet == '%'
                && i + 2 < octets.Length
                && char.IsAsciiHexDigit((char)octets[i + 1])
                && char.IsAsciiHexDigit((char)octets[i + 2])
            )
            {
                octet = (byte)((HexValue(octets[i + 1]) << 4) | HexValue(octets[i + 2]));
                i += 2;
            }
            else if (octet == '+')
            {
                octet = (byte)' ';
            }
            octets[length++] = octet;
        }
        return Encoding.UTF8.GetString(octets, 0, length);
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
