using System.Text.Json;

namespace B2Sdk.Cli.Tests;

/// <summary><c>b2 emulator exec</c> and <c>b2 emulator env</c>.</summary>
public sealed class EmulatorExecTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task A_folder_for_the_account_that_cannot_be_made_is_named()
    {
        Environment["XDG_CACHE_HOME"] = await NewFileAsync("file");

        (await FailAsync(ExitCodes.Failure, "emulator", "env")).ShouldStartWith($"The folder '{PathOf("file")}/b2-emulator' ");
    }

    [Fact]
    public async Task The_exit_code_is_the_commands()
    {
        SkipOnWindows();

        (await RunExecAsync("sh", "-c", "exit 7")).Code.ShouldBe(7);
        (await RunExecAsync("sh", "-c", "exit 0")).Code.ShouldBe(0);
        (await RunExecAsync("sh", "-c", "kill -9 $$")).Code.ShouldBe(137);
    }

    [Fact]
    public async Task The_command_finds_the_emulator_and_no_account_that_is_stored()
    {
        SkipOnWindows();
        var written = Path.Combine(Folder, "env");

        (await RunExecAsync("sh", "-c", $"env >'{written}'; test -d \"$(dirname \"$B2_ACCOUNT_INFO\")\"")).Code.ShouldBe(0);
        var lines = await File.ReadAllLinesAsync(written, Stop);
        var variables = lines
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);

        variables["B2_ENVIRONMENT"].ShouldStartWith("http://127.0.0.1:");
        variables["B2_ENVIRONMENT"].ShouldNotBe(Realm);
        variables["RCLONE_CONFIG_B2_TYPE"].ShouldBe("b2");
        variables["RCLONE_CONFIG_B2_ENDPOINT"].ShouldBe(variables["B2_ENVIRONMENT"]);
        variables["RCLONE_CONFIG_B2_ACCOUNT"].ShouldBe(variables["B2_APPLICATION_KEY_ID"]);
        variables["RCLONE_CONFIG_B2_KEY"].ShouldBe(variables["B2_APPLICATION_KEY"]);
        File.Exists(variables["B2_ACCOUNT_INFO"]).ShouldBeFalse();
        Directory.Exists(Path.GetDirectoryName(variables["B2_ACCOUNT_INFO"])).ShouldBeFalse("What it stored is gone with it.");
    }

    [Fact]
    public async Task The_command_goes_around_a_proxy_to_the_emulator()
    {
        SkipOnWindows();
        var written = PathOf("env");
        Environment["HTTPS_PROXY"] = "http://127.0.0.1:1";
        Environment["NO_PROXY"] = "example.com";

        await RunExecAsync("sh", "-c", $"echo \"$NO_PROXY $no_proxy\" >'{written}'");

        (await File.ReadAllTextAsync(written, Stop)).ShouldBe("example.com,127.0.0.1,localhost example.com,127.0.0.1,localhost\n");
    }

    [Fact]
    public async Task Arguments_reach_the_command_as_they_are()
    {
        SkipOnWindows();
        var written = Path.Combine(Folder, "arguments");

        await RunExecAsync("sh", "-c", $"printf '%s|' \"$@\" >'{written}'", "sh", "--json", "a b", "--", "$HOME", "");

        (await File.ReadAllTextAsync(written, Stop)).ShouldBe("--json|a b|--|$HOME||");
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_127_and_one_that_is_none_126()
    {
        SkipOnWindows();
        var file = await NewFileAsync("no program");

        var missing = await RunExecAsync("no-such-command");
        var none = await RunExecAsync(file);

        (missing.Code, none.Code).ShouldBe((127, 126));
        missing.Error.ShouldContain("no-such-command");
        none.Error.ShouldContain(file);
    }

    [Fact]
    public async Task The_first_file_in_the_path_that_can_be_run_is_the_command()
    {
        SkipOnWindows();
        var (first, second, third) = (NewFolder("1"), NewFolder("2"), NewFolder("3"));
        await File.WriteAllTextAsync(Path.Combine(first, "a-tool"), "no program", Stop);
        Directory.CreateDirectory(Path.Combine(second, "a-tool"));
        Environment["PATH"] = $"{first}:{second}";
        var none = await RunAsync("emulator", "exec", "--", "a-tool");
        var tool = Path.Combine(third, "a-tool");
        await File.WriteAllTextAsync(tool, "#!/bin/sh\nexit 5\n", Stop);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Environment["PATH"] = $"{first}:{second}:{third}";
        var found = await RunAsync("emulator", "exec", "--", "a-tool");

        none.Code.ShouldBe(126);
        none.Error.ShouldContain(first);
        found.Code.ShouldBe(5);
    }

    [Fact]
    public async Task A_folder_is_no_command()
    {
        SkipOnWindows();

        var result = await RunExecAsync(Folder);

        result.Code.ShouldBe(126);
        result.Error.ShouldContain(Folder);
    }

    [Fact]
    public async Task With_tls_the_command_is_led_to_https_and_trusts_it_and_whatever_it_trusted_before()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere .NET trusts what the system trusts.");
        var before = await NewFileAsync("mine.pem", "what I trust"u8.ToArray());
        var written = PathOf("env");
        var b2 = Path.Combine(AppContext.BaseDirectory, "b2");
        Environment["SSL_CERT_FILE"] = before;
        Environment["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "";

        var result = await RunAsync(
            "emulator",
            "exec",
            "--tls",
            "--seed",
            "hostile",
            "--",
            "sh",
            "-c",
            $"env >'{written}'; cat \"$SSL_CERT_FILE\" \"$B2_EMULATOR_CA_FILE\" >'{PathOf("trusted")}'; '{b2}' ls b2://hostile-names/sane/ >'{PathOf("listed")}'"
        );

        result.Code.ShouldBe(0);
        var variables = (await File.ReadAllLinesAsync(written, Stop)).ToHashSet();
        var https = variables.Single(line => line.StartsWith("B2_EMULATOR_TLS_URL=", StringComparison.Ordinal)).Split('=')[1];
        https.ShouldStartWith("https://127.0.0.1:");
        variables.ShouldContain($"B2_ENVIRONMENT={https}");
        variables.ShouldContain($"RCLONE_CONFIG_B2_ENDPOINT={https}");
        var bundle = variables.Single(line => line.StartsWith("SSL_CERT_FILE=", StringComparison.Ordinal)).Split('=')[1];
        foreach (var name in (string[])["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "RCLONE_CA_CERT"])
        {
            variables.ShouldContain($"{name}={bundle}");
        }
        var trusted = await File.ReadAllTextAsync(PathOf("trusted"), Stop);
        trusted.ShouldStartWith("what I trust\n");
        // The authority is at the end of the bundle, and once more by itself.
        var authority = trusted[trusted.LastIndexOf("-----BEGIN", StringComparison.Ordinal)..].TrimEnd();
        trusted.Split(authority).Length.ShouldBe(3);
        (await File.ReadAllTextAsync(PathOf("listed"), Stop)).ShouldContain("sane/one.txt");
        File.Exists(bundle).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_tls_nobodys_trust_is_touched()
    {
        SkipOnWindows();
        var written = PathOf("env");

        await RunExecAsync("sh", "-c", $"env >'{written}'");

        (await File.ReadAllTextAsync(written, Stop)).ShouldNotContain("RCLONE_CA_CERT");
    }

    [Theory]
    [InlineData("sh", "export B2_APPLICATION_KEY='it'\\''s'")]
    [InlineData("fish", "set -gx B2_APPLICATION_KEY 'it\\'s'")]
    [InlineData("pwsh", "$Env:B2_APPLICATION_KEY = 'it''s'")]
    [InlineData("dotenv", "B2_APPLICATION_KEY=it's")]
    public async Task The_variables_are_printed_for_every_shell(string shell, string line)
    {
        var printed = await SucceedAsync("emulator", "env", "--shell", shell, "--key", "it's");

        printed.Split('\n').ShouldContain(line);
    }

    [Fact]
    public async Task The_variables_are_printed_as_json()
    {
        var printed = await SucceedAsync("emulator", "env", "--json", "--url", "http://127.0.0.1:9000");

        var variables = JsonDocument.Parse(printed).RootElement;
        variables.GetProperty("B2_ENVIRONMENT").GetString().ShouldBe("http://127.0.0.1:9000");
        variables.GetProperty("B2_ACCOUNT_INFO").GetString().ShouldStartWith(Folder);
    }

    private Task<CliResult> RunExecAsync(params string[] words)
    {
        Environment["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "";
        return RunAsync(["emulator", "exec", "--", .. words]);
    }

    private string NewFolder(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are those of Unix.");
}
