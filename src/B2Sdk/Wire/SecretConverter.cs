using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace B2Sdk.Wire;

/// <summary>Writes secrets, and tells which ones a body holds.</summary>
internal sealed class SecretConverter : JsonConverter<Secret>
{
    // A body is written in one go, so that whatever this thread writes meanwhile is in it.
    [ThreadStatic]
    private static List<string>? _written;

    /// <summary>Writes a body.</summary>
    /// <param name="value">What to write.</param>
    /// <param name="type">How to write it.</param>
    /// <param name="secrets">The secrets that are in it.</param>
    public static byte[] Serialize<T>(T value, JsonTypeInfo<T> type, out IReadOnlyList<string> secrets)
    {
        var written = _written = [];
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(value, type);
        }
        finally
        {
            _written = null;
            secrets = written;
        }
    }

    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options)
    {
        var secret = value.Reveal();
        _written?.Add(secret);
        writer.WriteStringValue(secret);
    }
}
