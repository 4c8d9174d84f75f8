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

        var octets = new ArrayBufferWriter<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && i + 2 < encoded.Length && char.IsAsciiHexDigit(encoded[i + 1]) && char.IsAsciiHexDigit(encoded[i + 2]))
            {
                octets.Write([Convert.FromHexString(encoded.AsSpan(i + 1, 2))[0]]);
                i += 2;
            }
            else if (encoded[i] == '+')
            {
                octets.Write(" "u8);
            }
            else
            {
                octets.Write(Encoding.UTF8.GetBytes(encoded[i].ToString()));
            }
        }
        return Encoding.UTF8.GetString(octets.WrittenSpan);
    }
}
