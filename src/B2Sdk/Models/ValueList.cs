using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace B2Sdk;

/// <summary>Values in an order that nobody changes. Two are equal when their values are, so that the records that hold them are, and it prints them.</summary>
internal sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] _values;

    private ValueList(T[] values) => _values = values;

    public int Count => _values.Length;

    public T this[int index] => _values[index];

    /// <summary>Copies values that somebody else may change; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static IReadOnlyList<T>? Of(IReadOnlyList<T>? values) => values is null or ValueList<T> ? values : new ValueList<T>([.. values]);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(ValueList<T>? other) => other is not null && _values.SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode() => _values.Aggregate(0, HashCode.Combine);

    public override string ToString() => $"[{string.Join(", ", _values)}]";
}
