using System.Text.Json;
using System.Text.Json.Serialization;

namespace B2Sdk.Emulator.Control;

/// <summary>A length of time in JSON: a text such as <c>"1h30m"</c>, or a number of seconds.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            throw new JsonException();
        }
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : reader.GetDecimal().ToString();
        return Durations.Read(text) ?? throw new WrongValueException($"'{text}' is no length of time, such as 250ms, 90s, 1h30m or 30d");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Durations.Write(value));
}
