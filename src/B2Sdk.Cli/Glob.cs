namespace B2Sdk.Cli;

/// <summary>Patterns of a shell over whole names: <c>*</c> and <c>?</c>, which cross slashes too, and <c>[a-z]</c>, <c>[!a-z]</c>.</summary>
internal sealed class Glob
{
    private readonly string _pattern;

    public Glob(string pattern)
    {
        _pattern = pattern;
        var special = pattern.AsSpan().IndexOfAny("*?[");
        Prefix = special < 0 ? pattern : pattern[..special];
    }

    /// <summary>What every name that matches begins with.</summary>
    public string Prefix { get; }

    /// <summary>True when the whole name matches. Takes time in proportion to both lengths at worst.</summary>
    public bool IsMatch(string name)
    {
        var (at, position) = (0, 0);
        // Where to go on when the present attempt fails: just after the last star, with one character more under it.
        var (afterStar, underStar) = (-1, 0);
        while (position < name.Length)
        {
            if (at < _pattern.Length && _pattern[at] == '*')
            {
                afterStar = ++at;
                underStar = position;
            }
            else if (at < _pattern.Length && TakesOne(at, name[position], out var next))
            {
                at = next;
                position++;
            }
            else if (afterStar >= 0)
            {
                at = afterStar;
                position = ++underStar;
            }
            else
            {
                return false;
            }
        }
        return _pattern.AsSpan(at).IndexOfAnyExcept('*') < 0;
    }

    private bool TakesOne(int at, char character, out int next)
    {
        next = at + 1;
        if (_pattern[at] == '?')
        {
            return true;
        }
        if (_pattern[at] != '[')
        {
            return _pattern[at] == character;
        }
        var isNegated = next < _pattern.Length && _pattern[next] == '!';
        var first = isNegated ? next + 1 : next;
        // A bracket that comes first is one of the characters.
        var close = first < _pattern.Length ? _pattern.IndexOf(']', first + 1) : -1;
        if (close < 0)
        {
            return character == '[';
        }
        next = close + 1;
        return IsAmong(_pattern.AsSpan(first, close - first), character) != isNegated;
    }

    private static bool IsAmong(ReadOnlySpan<char> set, char character)
    {
        for (var index = 0; index < set.Length; index++)
        {
            var isRange = index + 2 < set.Length && set[index + 1] == '-';
            if (isRange ? character >= set[index] && character <= set[index + 2] : character == set[index])
            {
                return true;
            }
            index += isRange ? 2 : 0;
        }
        return false;
    }
}
