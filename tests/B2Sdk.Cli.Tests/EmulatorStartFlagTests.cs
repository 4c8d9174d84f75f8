using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace B2Sdk.Cli.Tests;

/// <summary>What an emulator is told at its start, besides where it is and what it keeps.</summary>
public sealed class EmulatorStartFlagTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task Faults_the_clock_and_the_cap_are_there_from_the_start()
    {
        string[] flags =
        [
            "--fault",
            """{"operation":"b2_list_keys","status":400,"message":"no keys today"}""",
            "--fault",
            """{"operation":"b2_hide_file","status":400}""",
            "--clock",
            "2030-01-01T12:00:00Z",
            "--freeze-clock",
            "--cap-storage",
            "1K",
            "--cap-download",
            "2K",
            "--cap-transactions",
            "b=30",
            "--cap-transactions",
            "C=40",
        ];

        await RunAroundAsync(
            flags,
            async url =>
            {
                (await SucceedAsync("emulator", "status", "--url", url)).ShouldContain(
                    "storage cap:         1000 bytes\ndownload cap:        2000 bytes a day\nclass B cap:         30 transactions a day\nclass C cap:         40 transactions a day\n"
                );
                (await SucceedAsync("emulator", "clock", "--url", url)).ShouldBe("2030-01-01T12:00:00.000Z (stands still)\n");
                (await SucceedAsync("emulator", "faults", "list", "--url", url)).ShouldContain("f2  struck 0 of 0  operation=b2_hide_file");
                (await FailAsync(ExitCodes.Failure, "key", "list")).ShouldContain("no keys today");
                var bucket = await NewBucketAsync();
                await UploadAsync(bucket, "fits", NewContent(1_000));
                var refused = await RunAsync("--detailed-exit-codes", "file", "upload", bucket, await NewFileAsync("more"), "more");
                refused.Code.ShouldBe(ExitCodes.CapExceeded, refused.Error);
                (await SucceedAsync("emulator", "caps", "--url", url, "--cap-transactions", "C=0")).ShouldBe(
                    "class C cap:         0 transactions a day\n"
                );
                refused = await RunAsync("--detailed-exit-codes", "ls", $"b2://{bucket}");
                refused.Code.ShouldBe(ExitCodes.CapExceeded, refused.Error);
                (await SucceedAsync("emulator", "caps", "--url", url, "--none")).ShouldBe("no caps\n");
                await SucceedAsync("ls", $"b2://{bucket}");
                (await SucceedAsync("emulator", "caps", "--url", url, "--json")).ShouldBe("{}\n");
            }
        );
    }

    [Fact]
    public async Task Calls_are_logged_only_when_they_are_to_be()
    {
        var quiet = await RunAroundAsync([], _ => SucceedAsync("bucket", "list"));
        var logged = await RunAroundAsync(
            ["--log-requests"],
            async _ =>
            {
                var bucket = await NewBucketAsync();
                await UploadAsync(bucket, "invoice\u202Efdp.exe");
            }
        );

        quiet.ShouldBe("");
        var line = logged.Split('\n').Single(line => line.Contains("b2_upload_file", StringComparison.Ordinal));
        line.ShouldContain("Information Called: POST b2_upload_file: 200, ");
        line.ShouldContain("/invoice\\u202efdp.exe", Case.Insensitive);
        logged.ShouldNotContain(Environment["B2_APPLICATION_KEY"]);
    }

    [Theory]
    [InlineData("--fault", """{"status":"x"}""", "status is not known here")]
    [InlineData("--fault", "{}", "does nothing")]
    [InlineData("--clock", "soon", "--clock: 'soon'")]
    [InlineData("--clock", "9999-01-01", "9000")]
    [InlineData("--cap-storage", "much", "--cap-storage: 'much'")]
    [InlineData("--key-id", "", "key id")]
    [InlineData("--key", " ", "application key")]
    [InlineData("--data", "", "data folder")]
    [InlineData("--cap-download", "much", "--cap-download: 'much'")]
    [InlineData("--cap-transactions", "10", "--cap-transactions: '10' is not a class and a number")]
    [InlineData("--cap-transactions", "A=10", "--cap-transactions: 'A=10' is not a class and a number")]
    [InlineData("--cap-transactions", "C=-1", "--cap-transactions: 'C=-1' is not a class and a number")]
    public async Task What_cannot_be_is_refused_and_named(string option, string value, string said) =>
        (await FailAsync(ExitCodes.Misuse, "emulator", "--port", "0", option, value)).ShouldContain(said);

    [Fact]
    public async Task Its_last_line_sets_up_clients_for_just_this_emulator()
    {
        var pipe = new Pipe();
        using var output = new StreamReader(pipe.Reader.AsStream(), Encoding.UTF8);
        using var context = new CliContext(Stream.Null, pipe.Writer.AsStream(), Stream.Null) { Environment = Variable };

        var running = CommandLine.RunAsync(["emulator", "--port", "0", "--key", "it's"], context);
        var url = (await output.ReadLineAsync(Stop))!.Split(' ')[^1];
        var line = "";
        while (!line.StartsWith("for b2 and rclone:", StringComparison.Ordinal))
        {
            line = (await output.ReadLineAsync(Stop))!;
        }
        context.Stop(ExitCodes.Terminated);

        (await running).ShouldBe(ExitCodes.Success);
        line.ShouldBe($"for b2 and rclone:   eval \"$(b2 emulator env --url {url} --key 'it'\"'\"'s')\"");
    }

    [Fact]
    public async Task A_ready_file_that_cannot_be_written_is_named()
    {
        var path = PathOf("missing/ready");

        (await FailAsync(ExitCodes.Failure, "emulator", "--port", "0", "--ready-file", path)).ShouldStartWith(
            $"The ready file '{path}' cannot be written: "
        );
    }

    /// <summary>Runs an emulator as long as something else is done with it, and returns what it wrote to standard error.</summary>
    private async Task<string> RunAroundAsync(string[] flags, Func<string, Task> useAsync)
    {
        var pipe = new Pipe();
        using var output = new StreamReader(pipe.Reader.AsStream(), Encoding.UTF8);
        using var error = new MemoryStream();
        using var context = new CliContext(Stream.Null, pipe.Writer.AsStream(), error) { Environment = Variable };

        var running = RunToTheEndAsync();
        var ready = JsonDocument.Parse((await output.ReadLineAsync(Stop))!).RootElement;
        var url = ready.GetProperty("url").GetString()!;
        Environment["B2_ENVIRONMENT"] = url;
        Environment["B2_APPLICATION_KEY_ID"] = ready.GetProperty("applicationKeyId").GetString()!;
        Environment["B2_APPLICATION_KEY"] = ready.GetProperty("applicationKey").GetString()!;
        try
        {
            await useAsync(url);
        }
        finally
        {
            context.Stop(ExitCodes.Terminated);
        }
        (await running).ShouldBe(ExitCodes.Success);
        return Encoding.UTF8.GetString(error.ToArray());

        // Whoever waits for its first line learns when there will be none.
        async Task<int> RunToTheEndAsync()
        {
            try
            {
                return await CommandLine.RunAsync(["emulator", "--port", "0", "--json", .. flags], context);
            }
            finally
            {
                await pipe.Writer.CompleteAsync();
            }
        }
    }
}
