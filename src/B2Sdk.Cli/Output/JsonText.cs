using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace B2Sdk.Cli.Output;

/// <summary>JSON as the Python tool prints it: four columns deep, in ASCII. Whoever writes keeps the members in alphabetical order.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 4,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Render(Action<Utf8JsonWriter> write, bool isOnOneLine = false)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, isOnOneLine ? Indented with { Indented = false } : Indented))
        {
            write(writer);
        }
        return ToAscii(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    public static void WriteWords(this Utf8JsonWriter json, string name, IEnumerable<string>? words)
    {
        if (words is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartArray(name);
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }
        json.WriteEndArray();
    }

    public static void WriteMap(this Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }
        json.WriteEndObject();
    }

    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    // Only strings hold other characters and escapes, so that both can be written anew wherever they are. Python's digits are small.
    private static string ToAscii(string json)
    {
        if (!json.AsSpan().ContainsAnyExceptInRange('\0', '\x7e') && !json.Contains("\\u", StringComparison.Ordinal))
        {
            return json;
        }
        var ascii = new StringBuilder(json.Length + 16);
        for (var index = 0; index < json.Length; index++)
        {
            if (json[index] == '\\' && json[index + 1] == 'u')
            {
                ascii.Append("\\u").Append(json.AsSpan(index + 2, 4).ToString().ToLowerInvariant());
                index += 5;
            }
            else if (json[index] == '\\')
            {
                ascii.Append(json, index++, 2);
            }
            else if (json[index] > '\x7e')
            {
                ascii.Append("\\u").Append(((int)json[index]).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                ascii.Append(json[index]);
            }
        }
        return ascii.ToString();
    }
}
