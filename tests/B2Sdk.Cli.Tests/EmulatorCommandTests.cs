using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace B2Sdk.Cli.Tests;

public sealed class EmulatorCommandTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task It_says_where_it_is_serves_and_ends_well_when_it_is_told_to()
    {
        var pipe = new Pipe();
        using var output = new StreamReader(pipe.Reader.AsStream(), Encoding.UTF8);
        using var context = new CliContext(Stream.Null, pipe.Writer.AsStream(), Stream.Null) { Environment = Variable };

        var running = RunToTheEndAsync();
        var ready = JsonDocument.Parse((await output.ReadLineAsync(Stop))!).RootElement;
        Environment["B2_ENVIRONMENT"] = ready.GetProperty("url").GetString()!;
        Environment["B2_APPLICATION_KEY_ID"] = ready.GetProperty("applicationKeyId").GetString()!;
        Environment["B2_APPLICATION_KEY"] = ready.GetProperty("applicationKey").GetString()!;
        var listed = await SucceedAsync("bucket", "list");
        context.Stop(ExitCodes.Terminated);

        listed.ShouldBe("");
        (await running).ShouldBe(ExitCodes.Success);

        // Whoever waits for its first line learns when there will be none.
        async Task<int> RunToTheEndAsync()
        {
            try
            {
                return await CommandLine.RunAsync(["emulator", "--port", "0", "--json"], context);
            }
            finally
            {
                await pipe.Writer.CompleteAsync();
            }
        }
    }

    [Fact]
    public async Task A_port_in_use_is_refused_and_named()
    {
        var port = new Uri(Realm).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        (await FailAsync(ExitCodes.Failure, "emulator", "--port", port)).ShouldContain(port);
    }

    [Theory]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--min-part-size", "0")]
    [InlineData("--recommended-part-size", "small")]
    [InlineData("--key-id", "with:colon")]
    [InlineData("--replicate-to", "127.0.0.1:8183")]
    [InlineData("--replicate-to", "ftp://127.0.0.1:8183")]
    public async Task A_setting_that_cannot_be_is_refused_with_2(string option, string value)
    {
        await FailAsync(ExitCodes.Misuse, "emulator", "--port", "0", option, value);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_refused_and_named()
    {
        var file = await NewFileAsync("file");

        (await FailAsync(ExitCodes.Failure, "emulator", "--port", "0", "--data", Path.Combine(file, "data"))).ShouldContain(file);
    }
}
