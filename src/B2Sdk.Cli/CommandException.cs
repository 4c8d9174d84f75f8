namespace B2Sdk.Cli;

/// <summary>A command cannot do what it was asked for a reason that it can tell better than whoever refused it.</summary>
internal sealed class CommandException(string message, int detailedCode = ExitCodes.Failure, B2Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>The exit code for callers that tell failures apart.</summary>
    public int DetailedCode => detailedCode;
}
