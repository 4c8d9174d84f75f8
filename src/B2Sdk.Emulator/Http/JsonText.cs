using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace B2Sdk.Emulator.Http;

/// <summary>JSON as B2 writes it: UTF-8 as it is, and escapes only below U+0020 and for quotes and backslashes.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes a member whose text may hold anything, such as a name.</summary>
    public static void WriteText(this Utf8JsonWriter writer, string name, string? text)
    {
        writer.WritePropertyName(name);
        writer.WriteText(text);
    }

    public static void WriteText(this Utf8JsonWriter writer, string? text)
    {
        if (text is null)
        {
            writer.WriteNullValue();
        }
        else if (!text.ContainsAnyExceptInRange(' ', '~'))
        {
            writer.WriteStringValue(text);
        }
        else
        {
            // The platform's encoder escapes U+007F and what lies outside the BMP, whatever it is told.
            writer.WriteText(Encoding.UTF8.GetBytes(text));
        }
    }

    public static void WriteText(this Utf8JsonWriter writer, string name, ReadOnlySpan<byte> utf8)
    {
        writer.WritePropertyName(name);
        writer.WriteText(utf8);
    }

    public static void WriteText(this Utf8JsonWriter writer, JsonEncodedText name, ReadOnlySpan<byte> utf8)
    {
        writer.WritePropertyName(name);
        writer.WriteText(utf8);
    }

    /// <summary>Writes a member whose text is ASCII, or null when it is empty.</summary>
    public static void WriteAscii(this Utf8JsonWriter writer, JsonEncodedText name, ReadOnlySpan<byte> ascii)
    {
        if (ascii.IsEmpty)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, ascii);
        }
    }

    /// <summary>Writes a member that is JSON already.</summary>
    public static void WriteJson(this Utf8JsonWriter writer, string name, string json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    /// <summary>Writes a member that is JSON already.</summary>
    public static void WriteJson(this Utf8JsonWriter writer, JsonEncodedText name, ReadOnlySpan<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    private static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            writer.WriteStringValue(utf8);
            return;
        }
        var quoted = ArrayPool<byte>.Shared.Rent(2 + utf8.Length * 6);
        var length = 0;
        quoted[length++] = (byte)'"';
        foreach (var octet in utf8)
        {
            if (octet < 0x20)
            {
                length += Encoding.ASCII.GetBytes($"\\u{octet:x4}", quoted.AsSpan(length));
                continue;
            }
            if (octet is (byte)'"' or (byte)'\\')
            {
                quoted[length++] = (byte)'\\';
            }
            quoted[length++] = octet;
        }
        quoted[length++] = (byte)'"';
        writer.WriteRawValue(quoted.AsSpan(0, length), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(quoted);
    }
}
