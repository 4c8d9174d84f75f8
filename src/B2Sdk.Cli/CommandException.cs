namespace B2Sdk.Cli;

/// <summary>A command cannot do what it was asked for a reason of its own.</summary>
internal sealed class CommandException(string message, int detailedCode = ExitCodes.Failure) : Exception(message)
{
    /// <summary>The exit code for callers that tell failures apart.</summary>
    public int DetailedCode => detailedCode;
}
