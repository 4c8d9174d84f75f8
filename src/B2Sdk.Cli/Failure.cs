using B2Sdk.Emulator;

namespace B2Sdk.Cli;

/// <summary>Says what an exception means for whoever typed the command.</summary>
internal static class Failure
{
    private static readonly B2ErrorCode[] Conflicts =
    [
        B2ErrorCode.DuplicateBucketName,
        B2ErrorCode.CannotDeleteNonEmptyBucket,
        B2ErrorCode.FileLockConflict,
        B2ErrorCode.BucketMissingFileLock,
        B2ErrorCode.RestrictedBucketConflict,
        B2ErrorCode.SourceReplicationConflict,
        B2ErrorCode.AlreadyHidden,
        B2ErrorCode.FileNotHidden,
    ];

    public static (int Code, string Message) Explain(Exception exception) =>
        exception switch
        {
            MisuseException => (ExitCodes.Misuse, exception.Message),
            // The library refused an argument before anything was sent.
            ArgumentException e => (ExitCodes.Misuse, WithoutParameter(e)),
            MissingAccountDataException => (ExitCodes.Failure, "No account is authorized here. Run 'b2 account authorize'."),
            B2Exception or CommandException or EmulatorStartException or IOException or UnauthorizedAccessException => (
                ExitCodes.Failure,
                exception.Message
            ),
            _ => (
                ExitCodes.Failure,
                $"Something went wrong that should not have: {exception.GetType().Name}: {exception.Message} Run it again with {GlobalOptions.Debug} and report what it prints."
            ),
        };

    /// <summary>The code that tells a failure from others.</summary>
    public static int DetailedCode(Exception exception) =>
        exception switch
        {
            CommandException e => e.DetailedCode,
            MissingAccountDataException => ExitCodes.NotAuthorized,
            B2NotFoundException => ExitCodes.NotFound,
            B2CapExceededException => ExitCodes.CapExceeded,
            B2ConflictException or B2AccessDeniedException => ExitCodes.Conflict,
            // A key that was refused altogether has no rights that could be told.
            B2UnauthorizedException { Allowed: null } => ExitCodes.NotAuthorized,
            B2UnauthorizedException => ExitCodes.NotPermitted,
            B2Exception e when Conflicts.Contains(e.Code) => ExitCodes.Conflict,
            B2Exception { IsTransient: true } => ExitCodes.Temporary,
            FileNotFoundException or DirectoryNotFoundException => ExitCodes.NotFound,
            _ => ExitCodes.Failure,
        };

    // The name of a parameter of ours tells nobody anything.
    public static string WithoutParameter(ArgumentException exception)
    {
        var suffix = $" (Parameter '{exception.ParamName}')";
        return exception.Message.EndsWith(suffix, StringComparison.Ordinal) ? exception.Message[..^suffix.Length] : exception.Message;
    }
}
