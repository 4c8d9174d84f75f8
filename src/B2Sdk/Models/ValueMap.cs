using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace B2Sdk;

/// <summary>Texts by key that nobody changes. Two are equal when their entries are, so that the records that hold them are, and it prints them.</summary>
internal sealed class ValueMap : IReadOnlyDictionary<string, string>, IEquatable<ValueMap>
{
    private readonly Dictionary<string, string> _entries;

    /// <summary>Takes entries that nobody else holds.</summary>
    public ValueMap(Dictionary<string, string> entries) => _entries = entries;

    public static ValueMap Empty { get; } = new([]);

    public int Count => _entries.Count;

    public IEnumerable<string> Keys => _entries.Keys;

    public IEnumerable<string> Values => _entries.Values;

    public string this[string key] => _entries[key];

    /// <summary>Copies entries that somebody else may change; null is none.</summary>
    public static ValueMap Of(IReadOnlyDictionary<string, string>? entries) =>
        entries switch
        {
            null => Empty,
            ValueMap map => map,
            _ => new(new(entries, StringComparer.Ordinal)),
        };

    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => _entries.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(ValueMap? other) =>
        other is not null
        && other.Count == Count
        && _entries.All(entry => other._entries.TryGetValue(entry.Key, out var value) && value == entry.Value);

    public override bool Equals(object? obj) => Equals(obj as ValueMap);

    // In whatever order: equal maps may have been filled differently.
    public override int GetHashCode() => _entries.Aggregate(0, (hash, entry) => hash ^ HashCode.Combine(entry.Key, entry.Value));

    public override string ToString() => $"{{ {string.Join(", ", _entries.Select(entry => $"{entry.Key} = {entry.Value}"))} }}";
}
