using System.Text.Json;

namespace B2Sdk.Cli.Tests;

public sealed class LicenseTests(EmulatorFixture emulator) : CliTest(emulator)
{
    // What only the build needs is no part of the tool.
    private static readonly string[] BuildOnly =
    [
        "Meziantou",
        "Microsoft.CodeAnalysis",
        "Microsoft.DotNet.ILCompiler",
        "Microsoft.NET.ILLink",
        "runtime.",
    ];

    [Fact]
    public async Task Json_holds_the_whole_text()
    {
        var json = await RunAsync("license", "--json");

        json.Json.GetProperty("license").GetString().ShouldBe(await SucceedAsync("license"));
    }

    [Fact]
    public async Task Every_package_that_the_tool_is_made_of_is_named()
    {
        var text = await SucceedAsync("license");

        using var locked = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.PathOf("src/B2Sdk.Cli/packages.lock.json"), Stop));
        var packages = locked
            .RootElement.GetProperty("dependencies")
            .EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => package.Name)
            .Where(name => !BuildOnly.Any(start => name.StartsWith(start, StringComparison.Ordinal)))
            .Distinct()
            .ToArray();
        packages.ShouldNotBeEmpty();
        packages.ShouldAllBe(name =>
            text.Contains($"  {name} ", StringComparison.Ordinal) || text.Contains($"  {name}\n", StringComparison.Ordinal)
        );
        text.ShouldStartWith("B2Sdk and its command line b2\n\nMIT License\n");
    }
}
