using System.Text.RegularExpressions;

namespace B2Sdk.Tests.Layers;

/// <summary>The arrows between the layers of the library. One that is not drawn here does not exist.</summary>
public sealed class LayerTests
{
    private const string Leaves = "Models";
    private const string Surface = "";

    // From a layer to those whose types it may name. The leaves (models, options, exceptions) are everybody's.
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        [Leaves] = [],
        ["Diagnostics"] = [],
        ["Wire"] = ["Diagnostics"],
        ["Accounts"] = [],
        ["Notifications"] = ["Wire"],
        ["Sessions"] = ["Wire", "Accounts", "Diagnostics"],
        ["Transfer"] = ["Sessions", "Wire", "Accounts", "Diagnostics"],
        [Surface] = ["Transfer", "Sessions", "Wire", "Accounts", "Diagnostics"],
        ["DependencyInjection"] = [Surface, "Sessions", "Accounts"],
        ["Scan"] = [Surface, "Accounts", "Diagnostics"],
        ["Sync"] = ["Scan", Surface, "Accounts", "Diagnostics"],
        ["Replication"] = ["Scan", Surface, "Accounts", "Diagnostics"],
    };

    private static readonly IReadOnlyList<Source> Sources = SourceTree.Of("B2Sdk");

    // Files at the top are the user's language, except those that hold options, results and exceptions.
    private static readonly HashSet<string> SurfaceTypes = ["B2Api", "Bucket", "RawApi"];

    public static TheoryData<string> Paths => [.. Sources.Select(source => source.Path).Order()];

    [Theory, MemberData(nameof(Paths))]
    public void A_file_names_only_types_of_layers_below_it(string path)
    {
        var source = Sources.Single(source => source.Path == path);
        var layer = LayerOf(source);
        Arrows.ShouldContainKey(layer, $"{path} lies in a layer that the design does not have.");

        var wrong = Sources
            .Where(other => LayerOf(other) is var below && below != layer && below != Leaves && !Arrows[layer].Contains(below))
            .SelectMany(other => other.Types.Select(type => (Type: type, Of: other.Path)))
            .Where(named => source.Mentions(named.Type) && !source.Types.Contains(named.Type))
            .ToList();

        wrong.ShouldBeEmpty($"{path} ({layer}) knows {string.Join(", ", wrong)}.");
    }

    [Theory]
    [InlineData("HttpResponseMessage")]
    [InlineData("HttpRequestMessage")]
    [InlineData("HttpMessageInvoker")]
    [InlineData("HttpClient")]
    [InlineData("HttpRequestException")]
    [InlineData("JsonSerializer")]
    [InlineData("JsonSerializerContext")]
    [InlineData("JsonTypeInfo")]
    [InlineData("Utf8JsonReader")]
    public void What_belongs_to_the_wire_is_named_there_only(string type) =>
        Sources.Where(source => source.Layer != "Wire" && source.Mentions(type)).Select(source => source.Path).ShouldBeEmpty();

    [Fact]
    public void Header_names_are_spelled_in_the_wire_only() =>
        Sources
            .Where(source =>
                source.Layer != "Wire"
                && Regex.IsMatch(
                    source.Code,
                    "X-Bz-|\"(Authorization|Range|Content-[A-Z][a-z]+|User-Agent|Retry-After)\"",
                    RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(5)
                )
            )
            .Select(source => source.Path)
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Models")]
    [InlineData("Accounts")]
    [InlineData("Transfer")]
    [InlineData("Sessions")]
    [InlineData("")]
    public void Operations_and_members_are_spelled_in_the_wire_only(string layer) =>
        Sources
            // What a CORS rule allows is said in words that operations have, too.
            .Where(source => source.Layer == layer && Path.GetFileName(source.Path) != "CorsOperation.cs")
            .SelectMany(source =>
                Regex
                    .Matches(source.Code, "\"b2_[a-z_]+\"", RegexOptions.None, TimeSpan.FromSeconds(5))
                    .Select(match => $"{source.Path}: {match.Value}")
            )
            .ShouldBeEmpty();

    [Fact]
    public void Transfers_know_no_tokens() =>
        Sources
            .Where(source =>
                source.Layer == "Transfer" && (source.Says("AuthorizationToken") || source.Says("ApplicationKey") || source.Says("Secret"))
            )
            .Select(source => source.Path)
            .ShouldBeEmpty();

    [Fact]
    public void The_wire_tries_nothing_again_and_keeps_nothing() =>
        Sources
            .Where(source => source.Layer == "Wire" && (source.Says("RetryOptions") || source.Says("AccountInfo") || source.Says("Delay")))
            .Select(source => source.Path)
            .ShouldBeEmpty();

    [Fact]
    public void Only_the_session_and_the_resuming_body_try_again() =>
        Sources
            .Where(source => source.Says("WaitBeforeAgainAsync") || source.Says("TrySpend"))
            .Select(source => source.Path)
            .Order()
            .ShouldBe(["Sessions/RetryBudget.cs", "Sessions/Session.Retries.cs", "Transfer/ResumingBody.cs"]);

    [Fact]
    public void Library_and_emulator_do_not_know_each_other()
    {
        Sources
            .Where(source => source.Code.Contains("B2Sdk.Emulator", StringComparison.Ordinal))
            .Select(source => source.Path)
            .ShouldBeEmpty();
        References("B2Sdk").ShouldBeEmpty();
        References("B2Sdk.Emulator").ShouldBeEmpty();
        References("B2Sdk.Sqlite").ShouldBe(["B2Sdk"]);
        // Nested namespaces see B2Sdk by themselves, so the reference is what counts, and a using is a try.
        SourceTree
            .Of("B2Sdk.Emulator")
            .Where(source =>
                Regex.IsMatch(source.Code, @"\bB2Sdk\.(?!Emulator\b)[A-Z]|using B2Sdk;", RegexOptions.None, TimeSpan.FromSeconds(5))
            )
            .Select(source => source.Path)
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_file_declares_one_type_and_is_named_after_it()
    {
        // A chapter of the wire holds the records and the table of that chapter.
        var wrong = Sources
            .Where(source => source.Layer != "Wire" && source.Types.Count > 0)
            .Where(source => source.Types.Count > 1 || source.Types[0] != Path.GetFileName(source.Path).Split('.')[0])
            .Select(source => source.Path);

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void No_file_has_more_than_five_hundred_lines() =>
        Sources
            .Where(source => File.ReadLines(Path.Combine(SourceTree.Root, "src", "B2Sdk", source.Path)).Count() > 500)
            .Select(source => source.Path)
            .ShouldBeEmpty();

    private static string LayerOf(Source source) =>
        source.Layer is Surface && !source.Types.Any(SurfaceTypes.Contains) ? Leaves : source.Layer;

    private static IEnumerable<string> References(string project) =>
        Regex
            .Matches(
                File.ReadAllText(Path.Combine(SourceTree.Root, "src", project, project + ".csproj")),
                "<ProjectReference Include=\"[^\"]*/(?<name>[^/\"]+)\\.csproj\"",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(5)
            )
            .Select(match => match.Groups["name"].Value);
}
