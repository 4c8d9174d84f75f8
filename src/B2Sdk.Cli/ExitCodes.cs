namespace B2Sdk.Cli;

/// <summary>What the process answers to the shell.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The operation failed; one line on standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line makes no sense. Nothing was done.</summary>
    public const int Misuse = 2;

    // These take the place of Failure where the caller asks for them.

    /// <summary>The bucket, file, version, key or local file is not there.</summary>
    public const int NotFound = 3;

    /// <summary>No account is authorized, or its key is not known.</summary>
    public const int NotAuthorized = 4;

    /// <summary>The key may not do this, or not here.</summary>
    public const int NotPermitted = 5;

    /// <summary>A cap of the account is reached.</summary>
    public const int CapExceeded = 7;

    /// <summary>Something stands against it: a taken name, a lock, a change by somebody else.</summary>
    public const int Conflict = 8;

    /// <summary>It may work later: the retries are used up.</summary>
    public const int Temporary = 10;

    /// <summary>What is added to the number of the signal that ended it.</summary>
    public const int Signaled = 128;

    /// <summary>Ended by SIGHUP, as when a terminal is closed: 128 and its number.</summary>
    public const int HungUp = 129;

    /// <summary>Ended by Ctrl-C: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM: 128 and its number.</summary>
    public const int Terminated = 143;

    /// <summary>The command that was to be run is there, and is none: as shells say it.</summary>
    public const int CommandNotExecutable = 126;

    /// <summary>The command that was to be run is not there: as shells say it.</summary>
    public const int CommandNotFound = 127;
}
