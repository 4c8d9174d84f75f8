using System.Text.Json;
using System.Text.Unicode;

namespace B2Sdk.Emulator.Http;

/// <summary>Reads JSON of which every text is Unicode. The platform's own reader finds out about half characters only when a text is looked at.</summary>
internal static class StrictJson
{
    /// <exception cref="JsonException">It is not JSON, not UTF-8, or holds half a character.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new JsonException("The text is not UTF-8.");
        }
        using var document = JsonDocument.Parse(utf8);
        RequireWholeCharacters(utf8.Span);
        return document.RootElement.Clone();
    }

    private static void RequireWholeCharacters(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped)
            {
                continue;
            }
            try
            {
                _ = reader.GetString();
            }
            catch (InvalidOperationException e)
            {
                throw new JsonException("A text holds half a character.", e);
            }
        }
    }
}
