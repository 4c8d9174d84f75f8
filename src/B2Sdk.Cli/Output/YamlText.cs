using System.Text;
using System.Text.Json;

namespace B2Sdk.Cli.Output;

/// <summary>JSON in the form of YAML that people read: ids and names first, and nothing that acts on a terminal.</summary>
internal static class YamlText
{
    private static readonly string[] First = ["id", "name"];

    public static string Render(Action<Utf8JsonWriter> write)
    {
        using var document = JsonDocument.Parse(JsonText.Render(write));
        var text = new StringBuilder();
        Append(text, document.RootElement, indent: 0, isInline: false);
        return text.ToString().TrimEnd('\n');
    }

    private static void Append(StringBuilder text, JsonElement element, int indent, bool isInline)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject().OrderBy(Rank).ThenBy(member => member.Name, StringComparer.Ordinal))
                {
                    Indent(text, isInline ? 0 : indent).Append(member.Name).Append(':');
                    isInline = false;
                    var isNested = member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
                    // The Python tool has a blank in both cases, and so have files that are compared with its output.
                    text.Append(isNested ? " \n" : " ");
                    Append(text, member.Value, indent + 2, isInline: !isNested);
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Indent(text, indent).Append("- ");
                    Append(text, item, indent + 2, isInline: true);
                }
                break;
            default:
                text.Append(Show(element)).Append('\n');
                break;
        }
    }

    private static StringBuilder Indent(StringBuilder text, int indent) => text.Append(' ', indent);

    private static int Rank(JsonProperty member)
    {
        var rank = Array.IndexOf(First, member.Name);
        return rank < 0 ? First.Length : rank;
    }

    private static string Show(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return element.GetRawText();
        }
        var text = NameText.Escape(element.GetString()!);
        var isMistakable = text.All(char.IsAsciiDigit) || text.ToUpperInvariant() is "TRUE" or "FALSE" or "NULL" or "YES" or "NO";
        return isMistakable ? $"'{text}'" : text;
    }
}
