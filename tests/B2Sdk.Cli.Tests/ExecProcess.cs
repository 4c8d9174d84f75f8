using System.Diagnostics;
using System.Globalization;

namespace B2Sdk.Cli.Tests;

/// <summary>A `b2 emulator exec` in a process group of its own, which can be sent signals: alone, or with all that it started.</summary>
internal sealed class ExecProcess : IAsyncDisposable
{
    private readonly Process _process;

    /// <summary>Starts it.</summary>
    /// <param name="temporaryFolder">Where it and what it starts make their folders.</param>
    /// <param name="words">The options and, after --, the command.</param>
    public ExecProcess(string temporaryFolder, params string[] words)
    {
        // setsid makes the group; env undoes what whoever runs the tests has signals ignored for.
        string[] prefix = ["env", "--default-signal=HUP,INT,QUIT,TERM", Path.Combine(AppContext.BaseDirectory, "b2"), "emulator", "exec"];
        var start = new ProcessStartInfo("setsid", [.. prefix, .. words]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = temporaryFolder;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = Process.Start(start)!;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(Stop);

    public Task SignalAsync(string name) => KillAsync(name, _process.Id.ToString(CultureInfo.InvariantCulture));

    public Task SignalAllAsync(string name) => KillAsync(name, $"-{_process.Id}");

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(Stop);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }

    private static async Task KillAsync(string name, string target)
    {
        using var kill = Process.Start("kill", ["-s", name, "--", target]);
        await kill.WaitForExitAsync(Stop);
        kill.ExitCode.ShouldBe(0);
    }
}
