using System.Text.RegularExpressions;
using B2Sdk.Tests.Layers;

namespace B2Sdk.Tests.Surface;

/// <summary>The page on parity names every row once, and no test that is not there.</summary>
public sealed class ParityTests
{
    private static readonly string[] Areas = ["transfer", "sync", "replication tools", "command line"];

    private static readonly IReadOnlyList<string[]> Rows =
    [
        .. File.ReadLines(Path.Combine(SourceTree.Root, "docs", "parity.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && int.TryParse(cells[1], out _)),
    ];

    [Fact]
    public void Every_row_is_there_once() => Rows.Select(row => int.Parse(row[1])).ShouldBe(Enumerable.Range(1, 363));

    [Fact]
    public void Every_row_names_a_test_that_exists_or_an_area_of_work()
    {
        var tests = Tests();

        foreach (var row in Rows)
        {
            var proof = row[4];
            (proof.StartsWith('`') ? tests.Contains(proof.Trim('`')) : Areas.Contains(proof)).ShouldBeTrue($"{row[1]}: {proof}");
        }
    }

    [Fact]
    public void Every_member_that_is_named_is_public()
    {
        var surface = new[] { "B2Sdk", "B2Sdk.Sqlite", "B2Sdk.Emulator" }
            .SelectMany(project => File.ReadLines(Path.Combine(SourceTree.Root, "src", project, "PublicAPI.Unshipped.txt")))
            .ToList();

        foreach (var row in Rows.Where(row => row[3].StartsWith('`')))
        {
            var member = row[3].Trim('`').Split('<')[0];
            var isThere =
                member is "B2Sdk.Emulator" or "PublicAPI.Unshipped.txt" or "IProgress"
                || surface.Any(line => Regex.IsMatch(line, $@"\b{Regex.Escape(member)}\b", RegexOptions.None, TimeSpan.FromSeconds(5)));
            isThere.ShouldBeTrue($"{row[1]}: {member}");
        }
    }

    private static HashSet<string> Tests()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories))
        {
            var type = Path.GetFileName(path).Split('.')[0];
            names.Add(type);
            foreach (
                Match method in Regex.Matches(
                    File.ReadAllText(path),
                    @"public (async Task|void|Task) (?<name>[A-Z]\w+)\(",
                    RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(5)
                )
            )
            {
                names.Add($"{type}.{method.Groups["name"].Value}");
            }
        }
        return names;
    }
}
