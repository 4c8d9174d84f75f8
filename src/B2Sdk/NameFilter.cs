namespace B2Sdk;

/// <summary>Lets some names of a listing through, or keeps them out.</summary>
/// <remarks>
/// Of several filters the last one that matches a name decides. A name that none matches is let through, unless all filters are includes. Patterns are shell-like and cover the whole name,
/// and case matters: <c>*</c> is any run of characters, slashes too, <c>?</c> is one character, <c>[a-z]</c> one of a set, <c>[!a-z]</c> one outside of it, and <c>[*]</c> a star itself.
/// </remarks>
public sealed class NameFilter : IEquatable<NameFilter>
{
    private readonly Wildcard _wildcard;

    private NameFilter(string pattern, bool isInclude)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Pattern = pattern;
        IsInclude = isInclude;
        _wildcard = new(pattern);
    }

    /// <summary>The pattern.</summary>
    public string Pattern { get; }

    /// <summary>True when matching names are let through, false when they are kept out.</summary>
    public bool IsInclude { get; }

    /// <summary>Lets the names through that match.</summary>
    /// <param name="pattern">The pattern.</param>
    public static NameFilter Include(string pattern) => new(pattern, isInclude: true);

    /// <summary>Keeps the names out that match.</summary>
    /// <param name="pattern">The pattern.</param>
    public static NameFilter Exclude(string pattern) => new(pattern, isInclude: false);

    /// <inheritdoc/>
    public bool Equals(NameFilter? other) => other is not null && (Pattern, IsInclude) == (other.Pattern, other.IsInclude);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NameFilter);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Pattern, IsInclude);

    /// <summary>Returns what the filter does, and its pattern.</summary>
    public override string ToString() => $"{(IsInclude ? "include" : "exclude")} {Pattern}";

    /// <summary>True when the filters let a name through.</summary>
    internal static bool Allow(IReadOnlyList<NameFilter> filters, string name)
    {
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            if (filters[i]._wildcard.IsMatch(name))
            {
                return filters[i].IsInclude;
            }
        }
        return filters.Count == 0 || filters.Any(filter => !filter.IsInclude);
    }
}
