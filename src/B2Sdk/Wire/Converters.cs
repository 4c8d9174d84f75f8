using System.Text.Json;
using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

/// <summary>Points in time are whole milliseconds since 1970 on the wire.</summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    private const long Earliest = -62_135_596_800_000;
    private const long Latest = 253_402_300_799_999;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReadTimestamp(ref reader);

    public static DateTimeOffset ReadTimestamp(ref Utf8JsonReader reader) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(reader.GetInt64(), Earliest, Latest));

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}

/// <summary>Lengths of time are whole seconds on the wire.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeSpan.FromSeconds(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((long)value.TotalSeconds);
}

/// <summary>What is null where B2 says yes or no is not so.</summary>
internal sealed class YesOrNoConverter : JsonConverter<bool>
{
    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.Null && reader.GetBoolean();

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}

/// <summary>A value that is a word on the wire.</summary>
internal abstract class WordConverter<T>(Func<string, T> make, Func<T, string> word) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => make(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(word(value));
}

internal sealed class BucketTypeConverter() : WordConverter<BucketType>(word => new(word), type => type.ToString());

internal sealed class CapabilityConverter() : WordConverter<Capability>(word => new(word), capability => capability.ToString());

internal sealed class CorsOperationConverter() : WordConverter<CorsOperation>(word => new(word), operation => operation.ToString());

internal sealed class EncryptionModeConverter() : WordConverter<EncryptionMode>(word => new(word), mode => mode.ToString());

internal sealed class LegalHoldConverter() : WordConverter<LegalHold>(word => new(word), hold => hold.ToString());

internal sealed class NotificationEventTypeConverter() : WordConverter<NotificationEventType>(word => new(word), type => type.ToString());

internal sealed class ReplicationStatusConverter() : WordConverter<ReplicationStatus>(word => new(word), status => status.ToString());

internal sealed class RetentionModeConverter() : WordConverter<RetentionMode>(word => new(word), mode => mode.ToString());

internal sealed class RetentionUnitConverter() : WordConverter<RetentionUnit>(word => new(word), unit => unit.ToString());

internal sealed class GivenUrlConverter() : WordConverter<Uri>(RawUri.Given, url => url.OriginalString);
