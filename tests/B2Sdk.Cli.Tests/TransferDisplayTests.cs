using System.Text.Json;
using System.Text.RegularExpressions;

namespace B2Sdk.Cli.Tests;

public sealed partial class TransferDisplayTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private static readonly Terminal Watched = new() { IsError = true };

    private string _bucket = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
    }

    [Fact, Trait("Need", "D1")]
    public async Task Nobody_who_reads_a_pipe_gets_a_bar()
    {
        var path = await NewFileAsync("a", NewContent(50_000));

        (await SucceedAsync("file", "upload", _bucket, path, "a")).ShouldNotContain("\r");
    }

    [Fact]
    public async Task A_terminal_gets_a_bar_on_standard_error_that_ends_at_the_whole()
    {
        var path = await NewFileAsync("a", NewContent(50_000));

        var result = await RunAsync(["file", "upload", _bucket, path, "some name"], Watched);

        result.Code.ShouldBe(0);
        result.Error.ShouldContain("some name");
        result.Error.ShouldContain("100%");
        result.Out.ShouldNotContain("\u001b");
        (await RunAsync(["file", "download", $"b2://{_bucket}/some name", PathOf("copy")], Watched)).Error.ShouldContain("100%");
    }

    [Fact]
    public async Task An_empty_file_ends_at_the_whole_too()
    {
        var path = await NewFileAsync("a", []);

        (await RunAsync(["file", "upload", _bucket, path, "a"], Watched)).Error.ShouldContain("100%");
    }

    [Theory]
    [InlineData("--no-progress")]
    [InlineData("--quiet")]
    [InlineData("--progress=none")]
    public async Task A_bar_can_be_declined(string option)
    {
        var path = await NewFileAsync("a");

        (await RunAsync(["file", "upload", option, _bucket, path, "a"], Watched)).Error.ShouldBe("");
    }

    [Theory]
    [InlineData("TERM", "dumb")]
    [InlineData("CI", "true")]
    public async Task Some_surroundings_get_no_bar_even_on_a_terminal(string variable, string value)
    {
        var path = await NewFileAsync("a");
        Environment[variable] = value;

        (await RunAsync(["file", "upload", _bucket, path, "a"], Watched)).Error.ShouldBe("");
    }

    [Fact]
    public async Task Colors_can_be_declined()
    {
        var path = await NewFileAsync("a");
        Environment["NO_COLOR"] = "1";

        var error = (await RunAsync(["file", "upload", _bucket, path, "a"], Watched)).Error;

        error.ShouldContain("100%");
        error.ShouldNotMatch("\u001b\\[[0-9;]*[1-9][0-9;]*m");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(74)]
    [InlineData(75)]
    [InlineData(80)]
    public async Task A_bar_never_breaks_into_a_second_line(int width)
    {
        var path = await NewFileAsync("a");

        var result = await RunAsync(
            ["file", "upload", _bucket, path, "a/very/long/name/漢字漢字漢字漢字漢字漢字漢字漢字/that does not fit 🐈🐈🐈🐈🐈🐈"],
            new() { IsError = true, Width = () => width }
        );

        result.Code.ShouldBe(0);
        var text = ControlSequence().Replace(result.Error, "");
        text.Split('\n', '\r').ShouldAllBe(line => Cells(line) <= width);
        // What wraps within a cell of the table is a second line.
        text.Split('\n', '\r').ShouldAllBe(line => line.Trim().Length == 0 || line.Contains('…', StringComparison.Ordinal));
        text.ShouldContain("100%");
    }

    [Fact]
    public async Task Plain_progress_is_a_line_with_a_percentage()
    {
        var path = await NewFileAsync("a", NewContent(50_000));

        var result = await RunAsync("file", "upload", "--progress", "plain", _bucket, path, "a\u009bb");

        result.Error.ShouldEndWith("a\\x9bb: 50.0 kB of 50.0 kB, 100 %\n");
    }

    [Fact]
    public async Task Progress_in_json_is_an_object_a_line()
    {
        var path = await NewFileAsync("a", NewContent(50_000));

        var result = await RunAsync("file", "upload", "--progress", "json", "--json", _bucket, path, "a");

        var last = JsonDocument.Parse(result.Error.TrimEnd().Split('\n')[^1]).RootElement;
        last.GetProperty("event").GetString().ShouldBe("progress");
        last.GetProperty("bytes").GetInt64().ShouldBe(50_000);
        last.GetProperty("totalBytes").GetInt64().ShouldBe(50_000);
        last.GetProperty("name").GetString().ShouldBe("a");
    }

    [Fact]
    public async Task A_stream_of_unknown_length_has_no_percentage()
    {
        var result = await RunAsync(["file", "upload", "--progress", "plain", _bucket, "-", "a"], Terminal.None, NewContent(50_000));

        result.Error.ShouldEndWith("a: 50.0 kB\n");
    }

    [GeneratedRegex("\u001b\\[[0-9;?]*[a-zA-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex ControlSequence();

    /// <summary>Columns, roughly: what is wide takes two.</summary>
    private static int Cells(string line) =>
        line.EnumerateRunes().Sum(rune => rune.Value is >= 0x1100 and not (>= 0x2000 and < 0x2e80) ? 2 : 1);
}
