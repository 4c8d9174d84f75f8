using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator.Control;

/// <summary>Writes a line of the log for each call, with what the journal tells of it, when somebody wants to read that.</summary>
internal sealed partial class CallLog(ILogger log)
{
    public void Write(CallRecord record)
    {
        // What has no number is no call of B2's.
        if (record.Number == 0 || !log.IsEnabled(LogLevel.Information))
        {
            return;
        }
        var call = record.ToEntry();
        var subject = string.Join('/', new[] { call.BucketName ?? call.BucketId, call.FileName ?? call.FileId }.OfType<string>());
        LogCalled(
            log,
            call.Method,
            call.Operation,
            call.Status is { } status ? $"{status} {call.Code}".TrimEnd() : "no answer",
            call.BytesIn,
            call.BytesOut,
            (long)call.Duration.TotalMilliseconds,
            call.ApplicationKeyId ?? "nobody",
            $" {subject} {(call.Fault is { } id ? $"fault {id}" : "")}".TrimEnd()
        );
    }

    [LoggerMessage(
        2,
        LogLevel.Information,
        "{Method} {Operation}: {Answer}, {BytesIn} in, {BytesOut} out, {Milliseconds} ms, by {Key}{Subject}",
        EventName = "Called"
    )]
    private static partial void LogCalled(
        ILogger logger,
        string method,
        string operation,
        string answer,
        long bytesIn,
        long bytesOut,
        long milliseconds,
        string key,
        string subject
    );
}
