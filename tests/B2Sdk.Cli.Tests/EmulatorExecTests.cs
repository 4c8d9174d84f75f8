using System.Text.Json;

namespace B2Sdk.Cli.Tests;

/// <summary><c>b2 emulator exec</c> and <c>b2 emulator env</c>.</summary>
public sealed class EmulatorExecTests(EmulatorFixture emulator) : CliTest(emulator)
{
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

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are those of Unix.");
}
