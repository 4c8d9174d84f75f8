namespace B2Sdk.Cli.Tests;

/// <summary>Odd names go up, are listed and come back; a terminal gets them harmless and fit for a shell.</summary>
public sealed class NameTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private static readonly string[] Odd =
    [
        "a b",
        " leading",
        "trailing ",
        "it's",
        "\"q\"",
        "$HOME",
        "`id`",
        "a;b|c&d",
        "*?[x]{a,b}",
        "-rf",
        "x/-/y",
        "@file",
        "a#b",
        "a?b",
        "a%41b",
        "a+b",
        "100%",
        "a\\b",
        "c1 \u0085\u009b31m",
        "bidi \u202eevil",
        "joiner \u200d",
        "nfc \u00e9",
        "nfd e\u0301",
        "emoji 🐈 漢字",
        "NUL.txt",
        "x:y",
        "Case",
        "case",
    ];

    [Fact]
    public async Task A_name_that_no_file_can_have_is_told_by_its_beginning()
    {
        var bucket = await NewBucketAsync();
        var file = await NewFileAsync("file");

        (await FailAsync(ExitCodes.Misuse, "file", "upload", bucket, file, "2026/a\nb")).ShouldStartWith(
            "The file name that begins with '2026/a' holds the control character U+000A then"
        );
        (await FailAsync(ExitCodes.Misuse, "file", "upload", bucket, file, "2026/" + new string('x', 1020))).ShouldBe(
            $"The file name that begins with '2026/{new string('x', 35)}' has 1025 bytes as UTF-8; B2 allows 1024."
        );
    }

    [Fact]
    public async Task Json_is_escaped_as_python_escapes_it()
    {
        var bucket = await NewBucketAsync();

        var file = await RunAsync(["file", "upload", "--json", bucket, "-", "\u009b \u00fc 🐈 \\u00AB \"q\""], Terminal.None, [42]);

        file.Out.ShouldContain("""    "fileName": "\u009b \u00fc \ud83d\udc08 \\u00AB \"q\"",""");
    }

    [Fact, Trait("Need", "53"), Trait("Need", "S3"), Trait("Need", "S4")]
    public async Task Odd_names_come_back_as_they_were()
    {
        var bucket = await NewBucketAsync();
        foreach (var name in Odd)
        {
            var uploaded = await RunAsync(["file", "upload", "--json", bucket, "--", "-", name], Terminal.None, [42]);
            uploaded.Code.ShouldBe(0, uploaded.Error);
        }

        var expected = Odd.Select(name => name.StartsWith("x/", StringComparison.Ordinal) ? "x/-/y" : name).Order(Utf8Order.Instance);
        (await SucceedAsync("ls", "-r", $"b2://{bucket}")).ShouldBe(string.Concat(expected.Select(name => name + "\n")));
        foreach (var name in Odd)
        {
            var info = await RunAsync("file", "info", $"b2://{bucket}/{name}");
            info.Json.GetProperty("fileName").GetString().ShouldBe(name);
            info.OutBytes.ShouldAllBe(octet => octet == '\n' || (octet >= ' ' && octet <= '~'));
            (await RunAsync("file", "download", "-q", $"b2://{bucket}/{name}", "-")).OutBytes.ShouldBe([42]);
        }
    }

    [Fact, Trait("Need", "S4")]
    public async Task On_a_terminal_each_name_is_one_harmless_line_that_a_shell_reads_back()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no bash.");
        var bucket = await NewBucketAsync();
        foreach (var name in Odd)
        {
            await RunAsync(["file", "upload", bucket, "--", "-", name], Terminal.None, []);
        }

        var shown = (await RunAsync(["ls", "-r", $"b2://{bucket}"], new() { IsOutput = true })).Out;

        var lines = shown.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(Odd.Length);
        lines.ShouldAllBe(line => !line.Any(char.IsControl) && !line.Contains('\u202e'));
        var bash = new System.Diagnostics.ProcessStartInfo("bash")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        bash.Environment["LC_ALL"] = "C.UTF-8";
        using var shell = System.Diagnostics.Process.Start(bash)!;
        await shell.StandardInput.WriteAsync($"printf '%s\\n' {string.Join(' ', lines)}\n");
        shell.StandardInput.Close();
        (await shell.StandardOutput.ReadToEndAsync(Stop)).ShouldBe(
            string.Concat(Odd.Order(Utf8Order.Instance).Select(name => name + "\n"))
        );
        await shell.WaitForExitAsync(Stop);
    }

    [Theory]
    [InlineData("1", false, true)]
    [InlineData("yes", false, true)]
    [InlineData("0", true, false)]
    [InlineData("false", true, false)]
    [InlineData("7", true, true)]
    [InlineData("what?", false, false)]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    public async Task The_variable_decides_about_quoting_and_anything_odd_in_it_is_as_if_it_were_not_there(
        string? value,
        bool isTerminal,
        bool isQuoted
    )
    {
        var bucket = await NewBucketAsync();
        await UploadAsync(bucket, "a b");
        if (value is not null)
        {
            Environment["B2_ESCAPE_CONTROL_CHARACTERS"] = value;
        }

        var result = await RunAsync(["ls", $"b2://{bucket}"], new() { IsOutput = isTerminal });

        result.Out.ShouldBe(isQuoted ? "'a b'\n" : "a b\n");
    }

    [Fact]
    public async Task The_options_win_over_the_variable()
    {
        var bucket = await NewBucketAsync();
        await UploadAsync(bucket, "a b");
        Environment["B2_ESCAPE_CONTROL_CHARACTERS"] = "0";

        (await SucceedAsync("ls", $"b2://{bucket}", "--escape-control-characters")).ShouldBe("'a b'\n");
        (await SucceedAsync("ls", $"b2://{bucket}", "--no-escape-control-characters")).ShouldBe("a b\n");
    }

    [Fact]
    public async Task Errors_never_hold_a_control_character()
    {
        var bucket = await NewBucketAsync();

        (await FailAsync(ExitCodes.Failure, "file", "info", $"b2://{bucket}/a\u009bb")).ShouldContain("a\\x9bb");
    }

    private sealed class Utf8Order : IComparer<string>
    {
        public static Utf8Order Instance { get; } = new();

        public int Compare(string? x, string? y) =>
            System.Text.Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(y!));
    }
}
