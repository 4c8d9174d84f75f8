using System.Text;
using System.Text.RegularExpressions;
using CsCheck;

namespace B2Sdk.Tests.Models;

public sealed class WildcardTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "a/b\nc", true)]
    [InlineData("a*c", "a/b/c", true)]
    [InlineData("a*c", "a/b/cd", false)]
    [InlineData("*.txt", "a.TXT", false)]
    [InlineData("a?c", "a/c", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("?", "😀", true)]
    [InlineData("??", "😀", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("[!]]x", "]x", false)]
    [InlineData("[!]]x", "ax", true)]
    [InlineData("[*]x", "*x", true)]
    [InlineData("[*]x", "ax", false)]
    [InlineData("[😀-😂]", "😁", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[z-a]", "m", false)]
    [InlineData("[!z-a]", "m", true)]
    [InlineData("[^a]", "^", true)]
    [InlineData("a[b", "a[b", true)]
    [InlineData("a[", "a[", true)]
    [InlineData("[!", "[!", true)]
    [InlineData("[]", "[]", true)]
    [InlineData("a\\*", "a\\b", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void A_name_matches_as_a_shell_would_have_it(string pattern, string name, bool isMatch) =>
        new Wildcard(pattern).IsMatch(name).ShouldBe(isMatch);

    [Theory]
    [InlineData("photos/2026-*.jpg", "photos/2026-")]
    [InlineData("photos/[ab]", "photos/")]
    [InlineData("photos/?", "photos/")]
    [InlineData("photos/a[", "photos/a[")]
    [InlineData("*", "")]
    [InlineData("plain", "plain")]
    public void What_stands_before_the_first_special_character_is_a_prefix(string pattern, string prefix) =>
        new Wildcard(pattern).LiteralPrefix.ShouldBe(prefix);

    [Fact]
    public void It_matches_what_a_regular_expression_of_the_same_meaning_matches() =>
        Gen.Select(Text("ab/*?[]!-"), Text("ab/]-!"))
            .Sample(
                (pattern, name) =>
                {
                    var expected = Regex.IsMatch(
                        name,
                        ToRegex(pattern),
                        RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
                        TimeSpan.FromSeconds(5)
                    );
                    return new Wildcard(pattern).IsMatch(name) == expected;
                },
                iter: 3_000
            );

    [Fact, Trait("Need", "S20")]
    public void An_evil_pattern_on_ten_thousand_names_takes_no_time_to_speak_of()
    {
        var evil = new Wildcard(string.Concat(Enumerable.Repeat("*a", 40)) + "b");
        var name = new string('a', 1000);
        var steps = 0;

        for (var i = 0; i < 100; i++)
        {
            steps += evil.IsMatch(name) ? 1 : 0;
        }

        // A hundred of them would take for ever if it went back to more than the last star.
        steps.ShouldBe(0);
    }

    [Fact]
    public void Of_several_filters_the_last_that_matches_decides()
    {
        NameFilter[] filters = [NameFilter.Exclude("*.tmp"), NameFilter.Include("keep/*"), NameFilter.Exclude("keep/*.bak")];

        Allowed("a.txt", "a.tmp", "keep/a.tmp", "keep/a.bak").ShouldBe(["a.txt", "keep/a.tmp"]);

        IEnumerable<string> Allowed(params string[] names) => names.Where(name => NameFilter.Allow(filters, name));
    }

    [Fact]
    public void Includes_alone_keep_everything_else_out()
    {
        NameFilter[] filters = [NameFilter.Include("*.jpg"), NameFilter.Include("*.png")];

        NameFilter.Allow(filters, "a.png").ShouldBeTrue();
        NameFilter.Allow(filters, "a.txt").ShouldBeFalse();
        NameFilter.Allow([], "a.txt").ShouldBeTrue();
        $"{filters[0]}".ShouldBe("include *.jpg");
    }

    private static Gen<string> Text(string characters) =>
        Gen.Int[0, characters.Length - 1].Array[0, 8].Select(places => string.Concat(places.Select(place => characters[place])));

    // Written after Python's fnmatch, whose rules these are.
    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("^(?:");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                regex.Append(".*");
            }
            else if (pattern[i] == '?')
            {
                regex.Append('.');
            }
            else if (pattern[i] == '[')
            {
                var j = i + 1;
                j += j < pattern.Length && pattern[j] == '!' ? 1 : 0;
                j += j < pattern.Length && pattern[j] == ']' ? 1 : 0;
                var end = j <= pattern.Length ? pattern.IndexOf(']', Math.Min(j, pattern.Length)) : -1;
                if (end < 0)
                {
                    regex.Append(@"\[");
                    continue;
                }
                regex.Append(ToClass(pattern[(i + 1)..end]));
                i = end;
            }
            else
            {
                regex.Append(Regex.Escape($"{pattern[i]}"));
            }
        }
        return regex.Append(")\\z").ToString();
    }

    private static string ToClass(string members)
    {
        var isNegated = members[0] == '!';
        members = isNegated ? members[1..] : members;
        var set = new HashSet<char>();
        for (var i = 0; i < members.Length; i++)
        {
            if (i + 2 < members.Length && members[i + 1] == '-')
            {
                for (var c = members[i]; c <= members[i + 2]; c++)
                {
                    set.Add(c);
                }
                i += 2;
            }
            else
            {
                set.Add(members[i]);
            }
        }
        var listed = string.Concat(set.Select(member => $"\\u{(int)member:x4}"));
        return listed.Length == 0 ? (isNegated ? "." : "[^\\u0000-\\uffff]") : $"[{(isNegated ? "^" : "")}{listed}]";
    }
}
