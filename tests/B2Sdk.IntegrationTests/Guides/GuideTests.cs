using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace B2Sdk.IntegrationTests.Guides;

/// <summary>
/// What the guides show is code that is compiled and run: every C# block of README.md and docs/*.md stands, line by line, in one of the tests of this folder or in a sample. Only its
/// indentation may differ, and the realm: the guides say "production" where the tests have that of an emulator.
/// </summary>
public sealed class GuideTests
{
    internal static readonly string Root = FindRoot();

    private static readonly IReadOnlyList<string[]> Sources =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Root, "tests", "B2Sdk.IntegrationTests", "Guides"), "*Guide.cs")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "samples"), "*.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllLines),
    ];

    private static readonly IReadOnlyList<string> Guides =
    [
        "README.md",
        .. Directory
            .EnumerateFiles(Path.Combine(Root, "docs"), "*.md")
            .Select(guide => Path.GetRelativePath(Root, guide).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    private static readonly Regex Link = new(@"\]\((?<target>[^)#\s]+)", RegexOptions.NonBacktracking);

    public static TheoryData<string, int> Snippets()
    {
        var snippets = new TheoryData<string, int>();
        foreach (var guide in Guides)
        {
            foreach (var line in BlocksOf(guide).Select(block => block.Line))
            {
                snippets.Add(guide, line);
            }
        }
        return snippets;
    }

    [Theory, MemberData(nameof(Snippets))]
    public void A_snippet_of_a_guide_is_compiled_and_run(string guide, int line)
    {
        var snippet = BlocksOf(guide).Single(block => block.Line == line).Code;

        Sources
            .Any(source => Holds(source, snippet))
            .ShouldBeTrue($"{guide}:{line} is in no file of tests/B2Sdk.IntegrationTests/Guides or samples:\n{string.Join('\n', snippet)}");
    }

    [Fact]
    public void A_link_between_pages_leads_somewhere()
    {
        var broken =
            from guide in Guides
            from Match link in Link.Matches(File.ReadAllText(Path.Combine(Root, guide)))
            let target = link.Groups["target"].Value
            where !target.StartsWith("http", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Root, Path.GetDirectoryName(guide)!, target))
            select $"{guide}: {link.Value}";

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void The_index_names_every_page()
    {
        var index = File.ReadAllText(Path.Combine(Root, "docs", "README.md"));

        Guides
            .Where(guide => guide.StartsWith("docs/", StringComparison.Ordinal) && guide != "docs/README.md")
            .Where(guide => !index.Contains($"({guide["docs/".Length..]})", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_snippet_that_stands_nowhere_is_noticed()
    {
        string[] source = ["class C", "{", "    void M()", "    {", "        Call();", "", "        Other();", "    }", "}"];

        Holds(source, ["Call();", "", "Other();"]).ShouldBeTrue();
        Holds(source, ["Call();", "Other();"]).ShouldBeFalse();
        Holds(source, ["Call();", "", "    Other();"]).ShouldBeFalse();
        Holds(source, ["all();"]).ShouldBeFalse();
    }

    private static bool Holds(string[] source, IReadOnlyList<string> snippet) =>
        Enumerable.Range(0, Math.Max(0, source.Length - snippet.Count + 1)).Any(start => StandsAt(source, start, snippet));

    private static bool StandsAt(string[] source, int start, IReadOnlyList<string> snippet)
    {
        var indentation = source[start].Length - source[start].TrimStart().Length;
        for (var i = 0; i < snippet.Count; i++)
        {
            var line = source[start + i];
            var isIndented = line.Length >= indentation && string.IsNullOrWhiteSpace(line[..indentation]);
            if (snippet[i].Length == 0 ? line.Length > 0 : !isIndented || line[indentation..] != snippet[i])
            {
                return false;
            }
        }
        return true;
    }

    private static List<(int Line, IReadOnlyList<string> Code)> BlocksOf(string guide)
    {
        var blocks = new List<(int, IReadOnlyList<string>)>();
        var lines = File.ReadAllLines(Path.Combine(Root, guide));
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] == "```csharp")
            {
                var end = Array.IndexOf(lines, "```", i);
                blocks.Add(
                    (i + 1, [.. lines[(i + 1)..end].Select(line => line.Replace("\"production\"", "realm", StringComparison.Ordinal))])
                );
                i = end;
            }
        }
        return blocks;
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "B2Sdk.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder ?? throw new InvalidOperationException("The sources are not where this test was compiled.");
    }
}
