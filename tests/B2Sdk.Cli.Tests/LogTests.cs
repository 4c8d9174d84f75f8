namespace B2Sdk.Cli.Tests;

public sealed class LogTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task A_log_file_that_cannot_be_written_is_named()
    {
        var path = PathOf("missing/log");

        (await FailAsync(ExitCodes.Failure, "bucket", "list", "--log-file", path)).ShouldStartWith(
            $"The log file '{path}' cannot be written: "
        );
    }

    [Fact]
    public async Task A_log_begins_with_its_first_line()
    {
        await SucceedAsync("bucket", "list", "--log-file", PathOf("log"));

        (await File.ReadAllBytesAsync(PathOf("log"), Stop))[0].ShouldBe((byte)'2', "There is no mark of an encoding before the year.");
    }

    [Fact]
    public async Task Verbose_logs_to_standard_error_without_secrets()
    {
        var result = await RunAsync("bucket", "list", "--verbose");

        result.Out.ShouldBe("");
        result.Error.ShouldContain("Authorized account");
        result.Error.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (Debug|Information) ");
        result.Error.ShouldNotContain(Account.ApplicationKey);
        result.Error.ShouldNotContain("4_");
    }

    [Fact]
    public async Task A_log_file_grows_at_its_end_is_the_owners_alone_and_standard_error_stays_empty()
    {
        var log = PathOf("log");

        await SucceedAsync("bucket", "list", "--log-file", log);
        var once = await File.ReadAllTextAsync(log, Stop);
        await SucceedAsync("bucket", "list", "--log-file", log);

        once.ShouldContain("Authorized account");
        (await File.ReadAllTextAsync(log, Stop)).ShouldStartWith(once);
        new FileInfo(log).Length.ShouldBeGreaterThan(once.Length);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(log).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_configuration_of_pythons_logging_is_taken_with_a_warning()
    {
        var result = await RunAsync("bucket", "list", "--log-config", "logging.conf");

        result.Code.ShouldBe(0);
        result.Error.ShouldBe("WARNING: --log-config is for the logging of Python, and does nothing here. --log-file writes a log.\n");
    }

    [Fact, Trait("Need", "D20")]
    public async Task Debug_logs_go_to_the_state_folder_which_is_told()
    {
        var result = await RunAsync("bucket", "list", "--debug-logs");

        var log = PathOf(".local/state/b2/b2_cli.log");
        result.Error.ShouldBe($"Logging to {log}\n");
        (await File.ReadAllTextAsync(log, Stop)).ShouldContain("Authorized account");
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_refused_before_anything_is_done()
    {
        var name = NewBucketName();

        (await FailAsync(ExitCodes.Failure, "bucket", "create", name, "allPrivate", "--log-file", PathOf("no/folder/log"))).ShouldContain(
            "no/folder/log"
        );

        (await SucceedAsync("bucket", "list")).ShouldBe("");
    }
}
