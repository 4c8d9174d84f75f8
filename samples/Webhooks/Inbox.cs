using System.Collections.Concurrent;
using B2Sdk;

namespace Webhooks;

/// <summary>Handles each event once, however often B2 tells of it. A real one would keep the ids where it keeps what it does for them.</summary>
public sealed partial class Inbox(ILogger<Inbox> logger)
{
    private readonly ConcurrentDictionary<string, EventNotification> _handled = new(StringComparer.Ordinal);

    public IReadOnlyCollection<EventNotification> Handled => [.. _handled.Values];

    public void Receive(EventNotification notification)
    {
        if (_handled.TryAdd(notification.EventId, notification))
        {
            Happened(logger, notification.EventType.Value, notification.BucketName, notification.FileName);
        }
    }

    public void Refuse(EventRefusal reason) => Refused(logger, reason);

    [LoggerMessage(1, LogLevel.Information, "{EventType} in {BucketName}: {FileName}")]
    private static partial void Happened(ILogger logger, string eventType, string bucketName, string? fileName);

    [LoggerMessage(2, LogLevel.Warning, "A request was refused: {Reason}")]
    private static partial void Refused(ILogger logger, EventRefusal reason);
}
