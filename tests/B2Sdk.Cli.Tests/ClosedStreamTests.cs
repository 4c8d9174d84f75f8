using System.Diagnostics;

namespace B2Sdk.Cli.Tests;

/// <summary>The command itself, started by somebody who has closed one of its standard streams.</summary>
public sealed class ClosedStreamTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task An_upload_of_a_closed_standard_input_fails_and_stores_nothing()
    {
        var bucket = await NewBucketAsync();

        var (code, said) = await RunProcessAsync($"file upload {bucket} - name <&-");

        said.ShouldBe("ERROR: Standard input is closed.\n");
        code.ShouldBe(ExitCodes.Failure);
        (await SucceedAsync("ls", $"b2://{bucket}")).ShouldBe("");
    }

    [Fact]
    public async Task A_result_for_a_closed_standard_output_is_a_failure()
    {
        var (code, said) = await RunProcessAsync("version <&- >&-");

        said.ShouldBe("ERROR: The output cannot be written: it is closed.\n");
        code.ShouldBe(ExitCodes.Failure);
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    [InlineData("2> >(:)")]
    public async Task Work_goes_on_when_nobody_hears_of_it(string closed)
    {
        var bucket = await NewBucketAsync();
        await UploadAsync(bucket, "name");

        var (code, said) = await RunProcessAsync(
            $"file download --progress plain b2://{bucket}/name {PathOf("copy")} {closed} >{PathOf("out")}"
        );

        (code, said).ShouldBe((ExitCodes.Success, ""));
        File.Exists(PathOf("copy")).ShouldBeTrue();
    }

    private async Task<(int Code, string Said)> RunProcessAsync(string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec '{Path.Combine(AppContext.BaseDirectory, "b2")}' {line}"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        try
        {
            var said = await process.StandardError.ReadToEndAsync(Stop);
            await process.WaitForExitAsync(Stop);
            return (process.ExitCode, said);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
