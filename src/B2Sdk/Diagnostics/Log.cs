using System.Net;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Diagnostics;

/// <summary>Every message that this library logs. Ids are for good; by thousands: 1000 session, 2000 upload, 3000 download, 4000 wire.</summary>
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

    [LoggerMessage(4001, LogLevel.Debug, "{Operation} goes to {Host}", EventName = "Requesting")]
    public static partial void Requesting(ILogger logger, string operation, string host);

    [LoggerMessage(4002, LogLevel.Debug, "{Operation} was answered with {Status} after {Elapsed}", EventName = "Answered")]
    public static partial void Answered(ILogger logger, string operation, HttpStatusCode status, TimeSpan elapsed);

    [LoggerMessage(4003, LogLevel.Trace, "{Operation} is asked with {Headers}", EventName = "RequestHeaders", SkipEnabledCheck = true)]
    public static partial void RequestHeaders(ILogger logger, string operation, string headers);

    [LoggerMessage(4004, LogLevel.Trace, "{Operation} is answered with {Headers}", EventName = "ResponseHeaders", SkipEnabledCheck = true)]
    public static partial void ResponseHeaders(ILogger logger, string operation, string headers);

    [LoggerMessage(
        4005,
        LogLevel.Warning,
        "B2's clock is {Skew} ahead of this machine's. Times that the two compare are wrong by that much; set this one",
        EventName = "ClockSkewed"
    )]
    public static partial void ClockSkewed(ILogger logger, TimeSpan skew);
}
