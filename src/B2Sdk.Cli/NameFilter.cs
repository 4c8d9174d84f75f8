namespace B2Sdk.Cli;

/// <summary>What <c>--include</c> and <c>--exclude</c> let through: the last pattern that matches decides.</summary>
internal sealed class NameFilter(IReadOnlyList<(Glob Pattern, bool IsIncluded)> rules)
{
    // With nothing but includes, everything else is excluded.
    private readonly bool _isIncludedByDefault = rules.Count == 0 || rules.Any(rule => !rule.IsIncluded);

    public bool Accepts(string name)
    {
        for (var index = rules.Count - 1; index >= 0; index--)
        {
            if (rules[index].Pattern.IsMatch(name))
            {
                return rules[index].IsIncluded;
            }
        }
        return _isIncludedByDefault;
    }
}
