namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>A command could not be run; shells tell by the exit code why.</summary>
internal sealed class ChildException(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;
}
