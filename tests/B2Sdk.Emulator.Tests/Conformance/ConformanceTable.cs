using System.Reflection;
using B2Sdk.Emulator.Endpoints;

namespace B2Sdk.Emulator.Tests.Conformance;

/// <summary>Writes docs/emulator-conformance.md: which tests hold the emulator to which fact, and what has seen each call at work.</summary>
internal static class ConformanceTable
{
    /// <summary>The calls whose bodies are not JSON, which have routes of their own.</summary>
    private static readonly string[] OtherCalls =
    [
        "b2_download_file_by_id",
        "b2_download_file_by_name",
        "b2_upload_file",
        "b2_upload_part",
    ];

    private static readonly string Root = FindRoot();

    public static string PagePath { get; } = Path.Combine(Root, "docs", "emulator-conformance.md");

    public static IReadOnlyList<Fact> Facts { get; } =
        Fact.ReadAll(Path.Combine(Root, "tests", "B2Sdk.Emulator.Tests", "Conformance", "facts.txt"));

    /// <summary>The names of the tests that carry a fact's number, by the number.</summary>
    public static ILookup<string, string> Tests { get; } = FindTests();

    public static IReadOnlyList<string> Calls { get; } = [.. Operations.All.Keys.Concat(OtherCalls).Order(StringComparer.Ordinal)];

    public static string Write()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # What the emulator is held to

            Each line of the second table is something that B2's documentation, or the answers that its clients got, say of the service. The tests in `tests/B2Sdk.Emulator.Tests` that
            prove it of the emulator carry its number. What the sources leave open is decided in [decisions](decisions.md).

            This page is made of the tests; one of them fails when it is stale, and says how to make it anew.

            ## Calls

            "Documented" counts the golden exchanges in `tests/golden` that the answers are compared with, "clients" are other people's programs that make the call in `tests/clients`.

            | call | facts | tests | documented | clients |
            |---|---|---|---|---|

            """
        );
        var clients = File.ReadLines(Path.Combine(Root, "tests", "clients", "calls.txt"))
            .Select(line => line.Split(' '))
            .ToLookup(fields => fields[1], fields => fields[0], StringComparer.Ordinal);
        foreach (var call in Calls)
        {
            var facts = Facts.Where(fact => fact.Calls.Contains(call)).ToList();
            var tests = facts.SelectMany(fact => Tests[fact.Id]).Distinct(StringComparer.Ordinal).Count();
            page.Append($"| `{call}` | {Join(facts.Select(fact => fact.Id))} | {tests} | {CountGolden(call)} | {Join(clients[call])} |\n");
        }
        page.Append(
            """

            ## Suites of other clients

            These were run by hand against `b2 emulator`, the last time in November 2026: unchanged, but for what is said. Where a client knows one host alone, that name was given to this machine.

            | client | version | what was run | result |
            |---|---|---|---|

            """
        );
        foreach (var suite in File.ReadLines(Path.Combine(Root, "tests", "clients", "suites.txt")))
        {
            page.Append($"| {suite} |\n");
        }
        page.Append("\n## Facts\n\n| fact | calls | what | tests |\n|---|---|---|---|\n");
        foreach (var fact in Facts)
        {
            var calls = fact.Calls.Count == 0 ? "all" : string.Join(", ", fact.Calls.Select(call => $"`{call}`"));
            page.Append($"| {fact.Id} | {calls} | {fact.Text} | {string.Join("<br>", Tests[fact.Id])} |\n");
        }
        return page.ToString();
    }

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);

    private static int CountGolden(string call)
    {
        var folder = Path.Combine(Root, "tests", "golden", call);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "response*.json").Count() : 0;
    }

    private static ILookup<string, string> FindTests() =>
        typeof(ConformanceTable)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(method =>
                method
                    .GetCustomAttributes<TraitAttribute>()
                    .Where(trait => trait.Name == "Fact")
                    .Select(trait => (trait.Value, Test: $"{method.DeclaringType!.Name}.{method.Name}"))
            )
            .OrderBy(test => test.Test, StringComparer.Ordinal)
            .ToLookup(test => test.Value, test => test.Test, StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "B2Sdk.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside of the repository.");
    }
}
