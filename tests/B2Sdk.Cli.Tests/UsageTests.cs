using System.CommandLine;
using System.Text.Json;

namespace B2Sdk.Cli.Tests;

public sealed class UsageTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Theory]
    [InlineData("'bukket' is not known here; did you mean 'bucket'? Try 'b2 --help'.", "bukket")]
    [InlineData("'--lnog' is not known here; did you mean '--long'? Try 'b2 key list --help'.", "key", "list", "--lnog")]
    [InlineData("'--jsno' is not known here; did you mean '--json'? Try 'b2 key list --help'.", "key", "list", "--jsno")]
    [InlineData("'nothing-like-it' is not known here. Try 'b2 --help'.", "nothing-like-it")]
    [InlineData("'/h' is not known here. Try 'b2 version --help'.", "version", "/h")]
    [InlineData("'--frob' is not known here. Try 'b2 bucket create --help'.", "bucket", "create", "--frob", "somebucket")]
    [InlineData("'--frob' is not known here. Try 'b2 ls --help'.", "ls", "--frob")]
    [InlineData("'2026' is not known here; did you mean b2://photos/2026? Try 'b2 ls --help'.", "ls", "photos", "2026")]
    [InlineData("'2026' is not known here. Try 'b2 ls --help'.", "ls", "b2://photos", "2026")]
    [InlineData("localFilePath is missing. Try 'b2 file upload --help'.", "file", "upload", "somebucket")]
    [InlineData("'weird' is not one of allPrivate, allPublic. Try 'b2 bucket create --help'.", "bucket", "create", "somebucket", "weird")]
    [InlineData("--progress: 'foo' is not one of auto, bar, plain, json, none. Try 'b2 ls --help'.", "ls", "--progress", "foo")]
    [InlineData(
        "--threads: 'many' is not a whole number. Try 'b2 file upload --help'.",
        "file",
        "upload",
        "b",
        "l",
        "n",
        "--threads",
        "many"
    )]
    [InlineData("--threads is at least 1, not 0. Try 'b2 file upload --help'.", "file", "upload", "b", "l", "n", "--threads", "0")]
    [InlineData("--profile needs a value. Try 'b2 ls --help'.", "ls", "--profile")]
    [InlineData("--with-wildcard needs --recursive. Try 'b2 ls --help'.", "ls", "b2://somebucket/*", "--with-wildcard")]
    [InlineData("'ftp://x' is neither a b2:// nor a b2id:// URI.", "ls", "ftp://x")]
    [InlineData("'bucket/a' is no B2 URI; did you mean b2://bucket/a?", "ls", "bucket/a")]
    [InlineData("'user@bucket' cannot be a bucket's name: it has letters, digits and hyphens.", "ls", "b2://user@bucket/a")]
    [InlineData("'b2:///a' names no bucket.", "ls", "b2:///a")]
    [InlineData("'b2id://' holds no file id.", "file", "info", "b2id://")]
    [InlineData("'b2://bucket' names no file.", "file", "info", "b2://bucket")]
    [InlineData("'b2://bucket/folder/' names no file.", "file", "download", "b2://bucket/folder/", "x")]
    [InlineData(
        "The URI 'b2://bucket/a\\x0ab' holds the control character U+000A; no file's name does.",
        "file",
        "info",
        "b2://bucket/a\nb"
    )]
    [InlineData("'b2://bucket/a' is not a bucket.", "bucket", "delete", "b2://bucket/a")]
    [InlineData("--info: 'novalue' is not KEY=VALUE.", "file", "upload", "b", "l", "n", "--info", "novalue")]
    [InlineData(
        "--min-part-size: 'huge' is not a number of bytes, such as 5000000, 5MB or 5MiB.",
        "file",
        "upload",
        "b",
        "l",
        "n",
        "--min-part-size",
        "huge"
    )]
    [InlineData(
        "--custom-upload-timestamp: 'noon' is not a time in seconds or milliseconds since 1970, nor a date such as 2027-01-31 or 2027-01-31T12:00:00Z.",
        "file",
        "upload",
        "b",
        "l",
        "n",
        "--custom-upload-timestamp",
        "noon"
    )]
    public async Task A_line_that_makes_no_sense_ends_with_2_and_says_what_is_wrong(string reason, params string[] arguments)
    {
        (await FailAsync(ExitCodes.Misuse, arguments)).ShouldBe(reason);
    }

    [Fact]
    public async Task All_of_the_help_tells_old_names_and_hidden_options_too()
    {
        var usual = await SucceedAsync("--help");
        var whole = await SucceedAsync("--help-all");

        foreach (var word in (string[])["list-buckets", "notification-rules", "--debug-logs"])
        {
            usual.ShouldNotContain(word);
            whole.ShouldContain(word);
        }
        whole.ShouldContain("Old name of 'b2 bucket list'");
        usual.ShouldContain("--help-all");
        (await FailAsync(ExitCodes.Misuse, "ls", "--help-all")).ShouldStartWith("'--help-all' is not known here");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" bucket", "bucket")]
    [InlineData(" file", "file")]
    public async Task Without_a_verb_the_help_is_shown_and_the_code_is_2(string path, params string[] arguments)
    {
        var result = await RunAsync(arguments);

        result.Code.ShouldBe(ExitCodes.Misuse);
        result.Out.ShouldContain($"{RootCommand.ExecutableName}{path} [command] [options]");
        result.Error.ShouldBe($"ERROR: A command is missing. Try 'b2{path} --help'.\n");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("bucket", "create", "--help")]
    [InlineData("ls", "-h")]
    public async Task Help_is_a_result_and_needs_no_account(params string[] arguments)
    {
        Environment.Clear();

        var help = await SucceedAsync(arguments);

        help.ShouldContain("Usage:");
        help.ShouldNotContain("--escape-control-characters");
    }

    [Fact]
    public async Task Global_options_stand_anywhere()
    {
        foreach (
            var line in (string[][])
                [
                    ["--json", "bucket", "list"],
                    ["bucket", "--json", "list"],
                    ["bucket", "list", "--json"],
                ]
        )
        {
            (await SucceedAsync(line)).ShouldBe("[]\n");
        }
    }

    [Fact]
    public async Task A_failure_is_one_object_on_standard_error_for_programs()
    {
        var name = await NewBucketAsync();

        var refused = await RunAsync("bucket", "create", name, "allPrivate", "--json");
        var misuse = await RunAsync("ls", "ftp://x", "--json");

        refused.Out.ShouldBe("");
        var error = JsonDocument.Parse(refused.Error).RootElement.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("duplicate_bucket_name");
        error.GetProperty("operation").GetString().ShouldBe("b2_create_bucket");
        error.GetProperty("status").GetInt32().ShouldBe(400);
        error.GetProperty("retryable").GetBoolean().ShouldBeFalse();
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        misuse.Code.ShouldBe(ExitCodes.Misuse);
        misuse.Error.ShouldBe(
            """{"error":{"code":null,"item":null,"message":"'ftp://x' is neither a b2:// nor a b2id:// URI.","missingCapabilities":[],"operation":null,"retryable":false,"status":null}}"""
                + "\n"
        );
    }

    [Fact]
    public async Task Commands_are_known_by_underscores_too()
    {
        (await SucceedAsync("install_autocomplete", "--shell", "bash")).ShouldContain(".bashrc");
        (await FailAsync(ExitCodes.Misuse, "bucket", "create", "under_score", "allPrivate")).ShouldContain("under_score");
    }

    [Fact]
    public async Task A_name_that_begins_with_an_at_sign_is_not_a_file_of_arguments()
    {
        var path = await NewFileAsync("arguments", "version"u8.ToArray());

        (await FailAsync(ExitCodes.Misuse, $"@{path}")).ShouldContain($"'@{path}' is not known here.");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(50)]
    [InlineData(120)]
    public async Task Help_is_no_wider_than_the_terminal_or_80_columns(int width)
    {
        var terminal = width == 80 ? Terminal.None : new Terminal { IsOutput = true, Width = () => width };

        foreach (
            var command in (string[][])
                [
                    ["--help"],
                    ["bucket", "--help"],
                    ["bucket", "update", "--help"],
                    ["file", "upload", "--help"],
                ]
        )
        {
            var help = (await RunAsync(command, terminal)).Out;

            // Examples stay whole, so that they can be copied.
            var lines = help.Split("Example")[0].Split('\n');
            lines.Max(line => line.Length).ShouldBeInRange(Math.Min(width, 80) - 20, width, help);
        }
    }

    [Fact]
    public async Task A_stop_before_the_end_answers_with_the_code_of_the_signal()
    {
        using var context = new CliContext(Stream.Null, Stream.Null, Stream.Null) { Environment = Variable };
        context.Stop(ExitCodes.Interrupted).ShouldBeTrue();

        var code = await CommandLine.RunAsync(["bucket", "list"], context);

        code.ShouldBe(130);
        context.Stop(ExitCodes.Terminated).ShouldBeFalse();
    }
}
