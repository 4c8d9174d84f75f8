namespace B2Sdk.Cli;

/// <summary>What the process answers to the shell.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The operation failed; one line on standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line makes no sense. Nothing was done.</summary>
    public const int Misuse = 2;

    /// <summary>Ended by Ctrl-C: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM: 128 and its number.</summary>
    public const int Terminated = 143;
}
