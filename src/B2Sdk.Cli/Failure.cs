using B2Sdk.Cli.Commands.LocalEmulator;
using B2Sdk.Emulator;

namespace B2Sdk.Cli;

/// <summary>Says what an exception means for whoever typed the command.</summary>
internal static class Failure
{
    private const string AuthorizeOperation = "b2_authorize_account";
    private const string AllowInsecureOption = $"{nameof(B2ApiOptions)}.{nameof(B2ApiOptions.AllowInsecureRealm)}";
    private const string DownloadOperation = "b2_download_file_by_name";

    // Of these the service is asked with nothing but an id; a bad request is an id that there is not.
    private static readonly string[] OfAnId =
    [
        "b2_delete_key",
        "b2_get_file_info",
        "b2_download_file_by_id",
        "b2_list_parts",
        "b2_cancel_large_file",
    ];

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
            ChildException e => (e.ExitCode, e.Message),
            // The library refused an argument before anything was sent.
            ArgumentException e => (ExitCodes.Misuse, WithoutParameter(e)),
            MissingAccountDataException => (ExitCodes.Failure, "No account is authorized here. Run 'b2 account authorize'."),
            B2UnauthorizedException { Operation: AuthorizeOperation } e => (
                ExitCodes.Failure,
                $"The application key was refused: its id or the key itself is wrong, or it was deleted or has expired ({Reason(e)})."
            ),
            // An answer without a body says no more than its status.
            B2NotFoundException { ServerMessage: null, Operation: DownloadOperation, Subject: { } name } => (
                ExitCodes.Failure,
                $"There is no file '{name}'."
            ),
            B2Exception or CommandException or EmulatorStartException or IOException or UnauthorizedAccessException => (
                ExitCodes.Failure,
                exception.Message
            ),
            _ => (
                ExitCodes.Failure,
                $"Something went wrong that should not have: {exception.GetType().Name}: {exception.Message.TrimEnd('.')}. Run it again with {GlobalOptions.Debug} and report what it prints."
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
            B2Exception e when e.Code == B2ErrorCode.BadRequest && OfAnId.Contains(e.Operation) => ExitCodes.NotFound,
            B2Exception { IsTransient: true } => ExitCodes.Temporary,
            FileNotFoundException or DirectoryNotFoundException => ExitCodes.NotFound,
            _ => ExitCodes.Failure,
        };

    private static string Reason(B2Exception exception) => $"{(int?)exception.Status} {exception.Code.Value}".Trim();

    // The name of a parameter of ours tells nobody anything, and what a program sets is set by a variable here.
    public static string WithoutParameter(ArgumentException exception)
    {
        var suffix = $" (Parameter '{exception.ParamName}')";
        var message = exception.Message.EndsWith(suffix, StringComparison.Ordinal)
            ? exception.Message[..^suffix.Length]
            : exception.Message;
        return message.Replace(AllowInsecureOption, $"{OpenAccount.AllowInsecureVariable}=1", StringComparison.Ordinal);
    }
}
