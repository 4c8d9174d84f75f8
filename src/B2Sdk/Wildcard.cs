using System.Text;

namespace B2Sdk;

/// <summary>
/// A shell-like pattern over whole names. It goes back to the last star only, so that no pattern takes longer than its length times the name's.
/// </summary>
internal sealed class Wildcard
{
    private readonly List<Step> _steps = [];

    public Wildcard(string pattern)
    {
        var runes = pattern.EnumerateRunes().ToArray();
        var literal = new StringBuilder();
        for (var i = 0; i < runes.Length; i++)
        {
            if (runes[i].Value == '[' && FindEnd(runes, i) is var end and > 0)
            {
                _steps.Add(ReadSet(runes.AsSpan(i + 1, end - i - 1)));
                i = end;
            }
            else if (runes[i].Value == '*')
            {
                if (_steps is not [.., { IsRun: true }])
                {
                    _steps.Add(new() { IsRun = true });
                }
            }
            else
            {
                _steps.Add(
                    runes[i].Value == '?'
                        ? new() { IsNegated = true }
                        : new() { Ranges = [(runes[i].Value, runes[i].Value)], IsLiteral = true }
                );
            }
        }
        foreach (var step in _steps.TakeWhile(step => step.IsLiteral))
        {
            literal.Append(new Rune(step.Ranges[0].First).ToString());
        }
        LiteralPrefix = literal.ToString();
    }

    /// <summary>What every name that matches begins with.</summary>
    public string LiteralPrefix { get; }

    public bool IsMatch(string name)
    {
        var (step, at) = (0, 0);
        var (lastRun, afterRun) = (-1, 0);
        while (at < name.Length)
        {
            if (step < _steps.Count && _steps[step].IsRun)
            {
                (lastRun, afterRun) = (step++, at);
                continue;
            }
            Rune.DecodeFromUtf16(name.AsSpan(at), out var rune, out var width);
            if (step < _steps.Count && _steps[step].Matches(rune.Value))
            {
                (step, at) = (step + 1, at + width);
                continue;
            }
            if (lastRun < 0)
            {
                return false;
            }
            // The run takes one character more.
            Rune.DecodeFromUtf16(name.AsSpan(afterRun), out _, out width);
            afterRun += width;
            (step, at) = (lastRun + 1, afterRun);
        }
        return _steps.Skip(step).All(rest => rest.IsRun);
    }

    // A bracket right after the opening one, or after its negation, is a member. Without a closing one the bracket is itself.
    private static int FindEnd(Rune[] runes, int start)
    {
        var i = start + 1;
        if (i < runes.Length && runes[i].Value == '!')
        {
            i++;
        }
        return Array.FindIndex(runes, Math.Min(i + 1, runes.Length), rune => rune.Value == ']');
    }

    private static Step ReadSet(ReadOnlySpan<Rune> members)
    {
        var isNegated = members[0].Value == '!';
        members = isNegated ? members[1..] : members;
        var ranges = new List<(int First, int Last)>();
        for (var i = 0; i < members.Length; i++)
        {
            if (i + 2 < members.Length && members[i + 1].Value == '-')
            {
                ranges.Add((members[i].Value, members[i + 2].Value));
                i += 2;
            }
            else
            {
                ranges.Add((members[i].Value, members[i].Value));
            }
        }
        return new() { Ranges = ranges, IsNegated = isNegated };
    }

    /// <summary>One character out of a set, or any run of them.</summary>
    private readonly struct Step()
    {
        public bool IsRun { get; init; }
        public bool IsLiteral { get; init; }
        public bool IsNegated { get; init; }
        public List<(int First, int Last)> Ranges { get; init; } = [];

        public bool Matches(int rune)
        {
            foreach (var (first, last) in Ranges)
            {
                if (rune >= first && rune <= last)
                {
                    return !IsNegated;
                }
            }
            return IsNegated;
        }
    }
}
