using System.Diagnostics;

namespace B2Sdk.Cli.Tests;

/// <summary>Signals while <c>b2 emulator exec</c> starts an emulator, and while its command runs.</summary>
public sealed class EmulatorExecSignalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("b2sdk-test-");
    private readonly DirectoryInfo _temporary;

    public EmulatorExecSignalTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals are sent by the programs of Linux.");
        _temporary = _folder.CreateSubdirectory("tmp");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    [InlineData("TERM")]
    public async Task A_signal_for_exec_alone_reaches_its_command(string signal)
    {
        await using var exec = Start($"trap 'echo got it; exit 9' {signal}");
        (await exec.ReadLineAsync()).ShouldBe("up");

        await exec.SignalAsync(signal);

        (await exec.ReadLineAsync()).ShouldBe("got it");
        await CheckEndAsync(exec);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_for_all_reaches_the_command_once_each_time(string signal)
    {
        await using var exec = Start($"trap 'echo got it' {signal}; trap 'echo hung up; exit 9' HUP");
        (await exec.ReadLineAsync()).ShouldBe("up");

        await exec.SignalAllAsync(signal);
        (await exec.ReadLineAsync()).ShouldBe("got it");
        // Whatever was handed on before this one has arrived when this one does.
        await exec.SignalAsync("HUP");

        (await exec.ReadLineAsync()).ShouldBe("hung up");
        await CheckEndAsync(exec);
    }

    [Theory]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    [InlineData("QUIT", 131)]
    [InlineData("TERM", 143)]
    public async Task A_signal_while_the_emulator_starts_ends_everything(string signal, int code)
    {
        var seed = Path.Combine(_folder.FullName, "seed.json");
        var ran = Path.Combine(_folder.FullName, "ran");
        using (var makeFifo = Process.Start("mkfifo", [seed]))
        {
            await makeFifo.WaitForExitAsync(Stop);
        }
        await using var exec = new ExecProcess(_temporary.FullName, "--seed", seed, "--", "touch", ran);

        // It can be written to once it is being read, which is in the middle of the start; and it is read on until it is closed.
        await using (var writer = await Task.Run(() => new StreamWriter(seed), Stop))
        {
            await writer.WriteAsync(
                """{"buckets":[{"bucketName":"many-files","files":[{"fileName":"{n}","content":"x","repeat":1000000}]}]}""".AsMemory(),
                Stop
            );
            await writer.FlushAsync(Stop);
            await exec.SignalAsync(signal);
        }

        (await exec.WaitAsync()).ShouldBe(code);
        File.Exists(ran).ShouldBeFalse();
        _temporary.EnumerateFileSystemInfos().ShouldBeEmpty();
    }

    private ExecProcess Start(string traps) =>
        new(_temporary.FullName, "--", "bash", "-c", $"{traps}; n=0; echo up; while [ $((n += 1)) -lt 600 ]; do sleep 0.05; done");

    private async Task CheckEndAsync(ExecProcess exec)
    {
        (await exec.ReadLineAsync()).ShouldBeNull();
        (await exec.WaitAsync()).ShouldBe(9);
        _temporary.EnumerateFileSystemInfos().ShouldBeEmpty("What it made is gone with it.");
    }
}
