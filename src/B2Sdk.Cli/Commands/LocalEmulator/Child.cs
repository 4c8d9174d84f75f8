using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>A command that is run in place of this one: with its terminal, its signals and its exit code.</summary>
internal static partial class Child
{
    private static readonly PosixSignal[] Forwarded = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    /// <summary>Finds what a shell would run by a name.</summary>
    /// <exception cref="ChildException">There is no such command.</exception>
    public static string Find(string name, string? searchPath)
    {
        if (OperatingSystem.IsWindows() || name.Contains('/', StringComparison.Ordinal))
        {
            return name;
        }
        return (searchPath ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Path.Combine(folder, name))
                .FirstOrDefault(File.Exists)
            ?? throw new ChildException(ExitCodes.CommandNotFound, $"There is no command '{name}'.");
    }

    /// <summary>Runs it to its end, and returns its exit code.</summary>
    /// <exception cref="ChildException">It cannot be started.</exception>
    public static async Task<int> RunAsync(string path, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(path, arguments) { UseShellExecute = false };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        using var process = Start(start);
        var registrations = Forwarded
            .Select(signal =>
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        Forward(process, signal);
                    }
                )
            )
            .ToList();
        try
        {
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode;
        }
        finally
        {
            registrations.ForEach(registration => registration.Dispose());
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw File.Exists(start.FileName)
                ? new ChildException(
                    ExitCodes.CommandNotExecutable,
                    $"'{start.FileName}' cannot be run: {new Win32Exception(e.NativeErrorCode).Message}."
                )
                : new ChildException(ExitCodes.CommandNotFound, $"There is no command '{start.FileName}'.");
        }
    }

    /// <summary>Hands a signal on, unless it came from a terminal, which gives it to all its processes.</summary>
    private static void Forward(Process process, PosixSignal signal)
    {
        if (OperatingSystem.IsWindows() || (signal != PosixSignal.SIGTERM && HasTerminal()))
        {
            return;
        }
        try
        {
            _ = Kill(process.Id, NumberOf(signal));
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static bool HasTerminal()
    {
        try
        {
            using var terminal = File.OpenHandle("/dev/tty", FileMode.Open, FileAccess.ReadWrite);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The same on every system that has them.
    private static int NumberOf(PosixSignal signal) =>
        signal switch
        {
            PosixSignal.SIGHUP => 1,
            PosixSignal.SIGINT => 2,
            PosixSignal.SIGQUIT => 3,
            _ => 15,
        };

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
