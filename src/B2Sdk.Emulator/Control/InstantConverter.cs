using System.Text.Json;
using System.Text.Json.Serialization;

namespace B2Sdk.Emulator.Control;

/// <summary>A moment in JSON: ISO 8601, written in UTC with milliseconds. A number is read as B2's timestamps: milliseconds since 1970.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    private const long Limit = 253_402_300_799_999;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var timestamp) && timestamp is >= -Limit / 10 and <= Limit
                ? DateTimeOffset.FromUnixTimeMilliseconds(timestamp)
                : throw new WrongValueException("the number is no moment: it counts milliseconds since 1970, as B2's timestamps do");
        }
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }
        return reader.TryGetDateTimeOffset(out var moment)
            ? moment
            : throw new WrongValueException($"'{reader.GetString()}' is no moment, such as 2030-01-01T00:00:00Z");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Write(value));

    public static string Write(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
}
