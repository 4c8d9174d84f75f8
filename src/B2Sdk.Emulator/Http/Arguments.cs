using System.Text;
using System.Text.Json;

namespace B2Sdk.Emulator.Http;

/// <summary>What a call was given: the members of a JSON object, or the parameters of a query. A null is the same as nothing.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, JsonElement> _byName;
    private readonly bool _isText;

    private Arguments(Dictionary<string, JsonElement> byName, bool isText)
    {
        _byName = byName;
        _isText = isText;
    }

    public static Arguments FromJson(ReadOnlyMemory<byte> body)
    {
        if (body.Span.Trim(" \t\r\n"u8).Length == 0)
        {
            return new([], isText: false);
        }
        try
        {
            var root = StrictJson.Parse(body);
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw Refusal.BadRequest("The body must be a JSON object");
            }
            var byName = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var member in root.EnumerateObject())
            {
                byName[member.Name] = member.Value;
            }
            return new(byName, isText: false);
        }
        catch (JsonException)
        {
            throw Refusal.BadJson("The body is not valid JSON");
        }
    }

    /// <summary>Parameters are texts; arrays and objects among them are JSON.</summary>
    public static Arguments FromQuery(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var byName = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var same in parameters.GroupBy(parameter => parameter.Key, parameter => parameter.Value, StringComparer.Ordinal))
        {
            var values = same.ToList();
            byName[same.Key] = values is [var single] ? ToElement(single) : ToElement(values);
        }
        return new(byName, isText: true);
    }

    public string RequiredString(string name) => OptionalString(name) ?? throw Missing(name);

    public string? OptionalString(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a string");
    }

    /// <summary>The text of an argument, if it is one. Nothing is refused.</summary>
    public string? Peek(string name)
    {
        try
        {
            return TryGet(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public long RequiredInteger(string name) => OptionalInteger(name) ?? throw Missing(name);

    public long? OptionalInteger(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }
        if (_isText && value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), out var parsed))
        {
            return parsed;
        }
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Wrong(name, "an integer");
    }

    public bool? OptionalBoolean(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }
        if (_isText && value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out var parsed))
        {
            return parsed;
        }
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(name, "true or false"),
        };
    }

    public IReadOnlyList<string> RequiredStrings(string name) => OptionalStrings(name) ?? throw Missing(name);

    public IReadOnlyList<string>? OptionalStrings(string name)
    {
        if (OptionalElement(name) is not { } value)
        {
            return null;
        }
        if (_isText && value.ValueKind == JsonValueKind.String)
        {
            return [value.GetString()!];
        }
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(element => element.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(element => element.GetString()!)]
            : throw Wrong(name, "an array of strings");
    }

    /// <summary>A structured value, to be read by whoever knows it.</summary>
    public JsonElement? OptionalElement(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }
        if (!_isText || value.ValueKind != JsonValueKind.String || value.GetString() is not ['[' or '{', ..] text)
        {
            return value;
        }
        try
        {
            return StrictJson.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
            throw Wrong(name, "JSON");
        }
    }

    /// <summary>Refuses arguments that nobody would read.</summary>
    public void RefuseAllBut(params ReadOnlySpan<string> known)
    {
        foreach (var name in _byName.Keys)
        {
            if (!known.Contains(name))
            {
                throw Refusal.BadRequest($"{name} is not known here; there is {string.Join(", ", known)}");
            }
        }
    }

    public JsonElement RequiredElement(string name) => OptionalElement(name) ?? throw Missing(name);

    public bool Has(string name) => TryGet(name, out _);

    private bool TryGet(string name, out JsonElement value) =>
        _byName.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static JsonElement ToElement(string text)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStringValue(text);
        }
        return JsonElement.Parse(stream.ToArray());
    }

    private static JsonElement ToElement(List<string> texts)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            texts.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        }
        return JsonElement.Parse(stream.ToArray());
    }

    private static Refusal Missing(string name) => Refusal.BadRequest($"required field {name} is missing");

    private static Refusal Wrong(string name, string what) => Refusal.BadRequest($"{name} must be {what}");
}
