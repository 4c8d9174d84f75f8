using System.Buffers;

namespace B2Sdk;

/// <summary>What the rules of a bucket may be called.</summary>
internal static class RuleNames
{
    private const int MinLength = 6;
    private const int MaxLength = 63;

    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"
    );

    public static void Validate(string kind, string name, string parameterName)
    {
        if (name.Length is < MinLength or > MaxLength || name.AsSpan().ContainsAnyExcept(Characters))
        {
            throw new ArgumentException(
                $"The {kind} name '{name}' is not one: it has {MinLength} to {MaxLength} letters a to z, digits and hyphens.",
                parameterName
            );
        }
        if (name.StartsWith("b2-", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"The {kind} name '{name}' begins with 'b2-', which B2 keeps for itself.", parameterName);
        }
    }

    public static void RefuseRepetition(string kind, IEnumerable<string> names, string parameterName)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw new ArgumentException($"Two of the {kind}s are called '{name}'; names are unique in a bucket.", parameterName);
            }
        }
    }
}
