using System.ComponentModel;
using System.Diagnostics;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>
/// A process beside ours that does nothing but fall when a signal is sent to our whole process group. A signal that it survives was for us alone; the platform does
/// not tell the two apart. It ends by itself when we do, however that is.
/// </summary>
internal sealed class GroupSentinel : IDisposable
{
    // Whoever falls has usually fallen long before that, and whoever stands delays a signal by no more than this.
    private static readonly TimeSpan FallsWithin = TimeSpan.FromMilliseconds(100);
    private Process? _process = Start();

    /// <summary>Tells whether it has fallen to the signal that has just come, and then stands up again. Without one, all signals are taken to be for us alone.</summary>
    public bool HasFallen()
    {
        if (_process is null || !(IsDoomed(_process.Id) || _process.WaitForExit(FallsWithin)))
        {
            return false;
        }
        _process.Dispose();
        _process = Start();
        return true;
    }

    public void Dispose()
    {
        if (_process is null)
        {
            return;
        }
        // It reads to the end of what nobody writes.
        _process.StandardInput.Close();
        _process.WaitForExit(FallsWithin);
        _process.Dispose();
    }

    // Linux tells at once what is to come, however long a busy machine leaves it waiting for its end.
    private static bool IsDoomed(int id)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }
        try
        {
            return File.ReadLines($"/proc/{id}/status").Any(line => IsPending(line, "SigPnd:") || IsPending(line, "ShdPnd:"));
        }
        catch (IOException)
        {
            // It has gone, or the system tells nothing; whoever waits for it learns which.
            return false;
        }
    }

    private static bool IsPending(string line, string field) =>
        line.StartsWith(field, StringComparison.Ordinal) && line.AsSpan(field.Length).Trim().ContainsAnyExcept('0');

    private static Process? Start()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }
        try
        {
            return Process.Start(
                new ProcessStartInfo("cat")
                {
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = "/",
                }
            );
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
