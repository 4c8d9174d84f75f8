using System.Text;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Cli;

/// <summary>The log of a command that works with an account.</summary>
internal static class LogFile
{
    private const string DefaultName = "b2_cli.log";

    /// <summary>Opens what was asked for; null when nobody wants a log.</summary>
    public static StandardErrorLog? Open(Invocation run)
    {
        var path = run.LogFile ?? (run.HasDebugLog ? DefaultPath(run.Context) : null);
        if (path is null)
        {
            return run.IsVerbose ? new(run) : null;
        }
        if (run.LogFile is null)
        {
            run.Say($"Logging to {path}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
        {
            // Names of files are nobody else's concern.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        try
        {
            var writer = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options) { AutoFlush = true };
            return new(run, TextWriter.Synchronized(writer), LogLevel.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The log file '{path}' cannot be written: {e.Message}");
        }
    }

    // The Python tool writes into the folder that one is in, from where logs get synchronized and published.
    private static string DefaultPath(CliContext context)
    {
        var state = context.Variable(OperatingSystem.IsWindows() ? "LOCALAPPDATA" : "XDG_STATE_HOME");
        var home = context.Variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.Combine(state ?? Path.Combine(home, ".local", "state"), "b2", DefaultName);
    }
}
