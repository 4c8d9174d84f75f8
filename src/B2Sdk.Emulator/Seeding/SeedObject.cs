using System.Globalization;
using System.Text.Json;

namespace B2Sdk.Emulator.Seeding;

/// <summary>An object of a description, which knows where it stands when something is wrong with it.</summary>
internal sealed class SeedObject
{
    private static readonly string[] Units = ["KB", "MB", "GB", "TB"];
    private readonly JsonElement _element;

    public SeedObject(JsonElement element, string place)
    {
        _element = element;
        Place = place;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("it is to be an object");
        }
    }

    /// <summary>Where it stands.</summary>
    public string Place { get; }

    public bool Has(string name) => _element.TryGetProperty(name, out _);

    /// <summary>Refuses members that nobody reads, which are misspelt most of the time.</summary>
    public void Allow(params string[] names)
    {
        foreach (var member in _element.EnumerateObject().Where(member => !names.Contains(member.Name, StringComparer.Ordinal)))
        {
            throw Wrong($"'{member.Name}' is not known; known are {string.Join(", ", names)}");
        }
    }

    public bool HasOtherThan(params string[] names) =>
        _element.EnumerateObject().Any(member => !names.Contains(member.Name, StringComparer.Ordinal));

    /// <summary>The objects of a list.</summary>
    /// <param name="name">The list.</param>
    /// <param name="naming">The member by which people know them.</param>
    public IEnumerable<SeedObject> Objects(string name, string naming) =>
        Elements(name)
            .Select(
                (element, index) =>
                {
                    var known =
                        element.ValueKind == JsonValueKind.Object
                        && element.TryGetProperty(naming, out var value)
                        && value.ValueKind == JsonValueKind.String
                            ? $" '{value.GetString()}'"
                            : "";
                    return new SeedObject(element, $"{Place}, {name}[{index}]{known}");
                }
            );

    public IEnumerable<string> Texts(string name) =>
        Elements(name)
            .Select(element =>
                element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Wrong($"'{name}' is to be a list of texts")
            );

    public string? Text(string name) =>
        !_element.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong($"'{name}' is to be a text");

    public byte[]? Bytes(string name)
    {
        if (Text(name) is not { } encoded)
        {
            return null;
        }
        try
        {
            return Convert.FromBase64String(encoded);
        }
        catch (FormatException)
        {
            throw Wrong($"'{name}' is not base64");
        }
    }

    public string RequiredText(string name) => Text(name) ?? throw Wrong($"'{name}' is missing");

    public long? Number(string name, long least, long most) =>
        !_element.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most ? number
        : throw Wrong($"'{name}' is to be a whole number from {least} to {most}");

    public bool Flag(string name) =>
        _element.TryGetProperty(name, out var value)
        && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong($"'{name}' is to be true or false"),
        };

    /// <summary>A number of bytes, or a text such as <c>10TB</c>.</summary>
    public long? Size(string name, long most)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return Number(name, 0, most);
        }
        var text = value.GetString()!;
        var power = Array.FindIndex(Units, unit => text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) + 1;
        var scale = (long)Math.Pow(1000, power);
        var isNumber = long.TryParse(power > 0 ? text[..^2] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber && number <= most / scale
            ? number * scale
            : throw Wrong($"'{name}' is to be a number of bytes up to {most}, such as 5000 or \"10TB\"");
    }

    public IReadOnlyDictionary<string, string> TextMembers(string name)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_element.TryGetProperty(name, out var value))
        {
            var inner = new SeedObject(value, $"{Place}, {name}");
            foreach (var member in value.EnumerateObject())
            {
                members[member.Name] = inner.RequiredText(member.Name);
            }
        }
        return members;
    }

    /// <summary>Writes the members as they are, but for some.</summary>
    public void CopyTo(Utf8JsonWriter json, params string[] except)
    {
        foreach (var member in _element.EnumerateObject().Where(member => !except.Contains(member.Name, StringComparer.Ordinal)))
        {
            member.WriteTo(json);
        }
    }

    private JsonElement.ArrayEnumerator Elements(string name) =>
        !_element.TryGetProperty(name, out var value) ? default
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray()
        : throw Wrong($"'{name}' is to be a list");

    public FormatException Wrong(string what) => new($"{Place}: {what}.");
}
