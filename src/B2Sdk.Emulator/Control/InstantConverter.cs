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
                : throw new JsonException();
        }
        return reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var moment) ? moment : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Write(value));

    public static string Write(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
}
