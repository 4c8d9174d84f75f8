using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>A command that is run in place of this one: with its terminal, its signals and its exit code.</summary>
internal static partial class Child
{
    private const int MayExecute = 1;

    /// <summary>Finds what a shell would run by a name: the first file of that name which can be run.</summary>
    /// <exception cref="ChildException">There is no such command, or none that can be run.</exception>
    public static string Find(string name, string? searchPath)
    {
        if (OperatingSystem.IsWindows())
        {
            return name;
        }
        // In full, since the platform would look for a relative path beside this program first.
        List<string> candidates = name.Contains('/', StringComparison.Ordinal)
            ? [Path.GetFullPath(name)]
            // An empty entry is the present folder.
            : [.. (searchPath ?? "").Split(Path.PathSeparator).Select(folder => Path.GetFullPath(Path.Combine(folder, name)))];
        return candidates.Find(CanBeRun)
            ?? candidates.Find(Path.Exists) switch
            {
                null => throw new ChildException(ExitCodes.CommandNotFound, $"There is no command '{name}'."),
                var none when Directory.Exists(none) => throw NotExecutable(none, "it is a folder"),
                var none => throw NotExecutable(none, "it is not marked as executable"),
            };
    }

    /// <summary>Runs it to its end, and returns its exit code.</summary>
    /// <param name="path">What <see cref="Find"/> found.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">What is added to its environment.</param>
    /// <param name="signals">The signals, which are its own from now on.</param>
    /// <exception cref="ChildException">It cannot be started.</exception>
    public static async Task<int> RunAsync(
        string path,
        IEnumerable<string> arguments,
        IEnumerable<(string Name, string Value)> variables,
        ChildSignals signals
    )
    {
        var start = new ProcessStartInfo(path, arguments) { UseShellExecute = false };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        using var process = signals.Start(() => Start(start));
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    private static bool CanBeRun(string path) => File.Exists(path) && Access(path, MayExecute) == 0;

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw File.Exists(start.FileName)
                ? NotExecutable(start.FileName, new Win32Exception(e.NativeErrorCode).Message)
                : new ChildException(ExitCodes.CommandNotFound, $"There is no command '{start.FileName}'.");
        }
    }

    private static ChildException NotExecutable(string path, string reason) =>
        new(ExitCodes.CommandNotExecutable, $"'{path}' cannot be run: {reason}.");

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Access(string path, int mode);
}
