using Microsoft.Extensions.Logging;

namespace B2Sdk.Diagnostics;

/// <summary>Every message that this library logs. Ids by thousands: 1000 session, 2000 upload, 3000 download.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Authorized account {AccountId} at {Realm}", EventName = "Authorized")]
    public static partial void Authorized(ILogger logger, string accountId, string realm);

    [LoggerMessage(
        1002,
        LogLevel.Warning,
        "{Operation} failed at attempt {Attempt} and is tried again in {Delay}: {Reason}",
        EventName = "TryingAgain"
    )]
    public static partial void TryingAgain(ILogger logger, string operation, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(
        2001,
        LogLevel.Warning,
        "The unfinished large file {FileId} could not be canceled; its parts are billed until it is: {Reason}",
        EventName = "UnfinishedFileLeft"
    )]
    public static partial void UnfinishedFileLeft(ILogger logger, string fileId, string reason);
}
