using System.Text;
using System.Text.Json;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Rules;

/// <summary>Reads settings as they were given, member by member, and writes them as they are kept. A null is the same as nothing.</summary>
internal static class SettingsJson
{
    public static List<JsonElement> Elements(JsonElement element, string what, int most)
    {
        if (element.ValueKind != JsonValueKind.Array || element.EnumerateArray().Any(rule => rule.ValueKind != JsonValueKind.Object))
        {
            throw Refusal.BadRequest($"{what} must be an array of objects");
        }
        return element.GetArrayLength() <= most
            ? [.. element.EnumerateArray()]
            : throw Refusal.BadRequest($"{what} has {element.GetArrayLength()} rules; the limit is {most}");
    }

    public static JsonElement? Member(JsonElement rule, string name) =>
        rule.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string Text(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Refusal.BadRequest($"{what} must be a string");

    public static List<string>? Texts(JsonElement rule, string name)
    {
        if (Member(rule, name) is not { } element)
        {
            return null;
        }
        return element.ValueKind == JsonValueKind.Array
            ? [.. element.EnumerateArray().Select(text => Text(text, name))]
            : throw Refusal.BadRequest($"{name} must be an array of strings");
    }

    public static void Put(Utf8JsonWriter writer, string name, List<string>? texts)
    {
        writer.WritePropertyName(name);
        if (texts is null)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartArray();
        texts.ForEach(text => writer.WriteText(text));
        writer.WriteEndArray();
    }

    /// <summary>The name of a member that may have any.</summary>
    public static string NameOf(JsonProperty member, string what)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw Refusal.BadRequest($"{what} must be valid Unicode");
        }
    }

    public static string WriteArray(Action<Utf8JsonWriter> writeElements) =>
        Write(writer =>
        {
            writer.WriteStartArray();
            writeElements(writer);
            writer.WriteEndArray();
        });

    public static string WriteObject(Action<Utf8JsonWriter> writeMembers) =>
        Write(writer =>
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        });

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonText.Options))
        {
            write(writer);
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
