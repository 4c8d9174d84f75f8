using System.Text.Json;
using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

/// <summary>What B2 posts to a webhook, and the header that proves that it was B2.</summary>
internal static class EventNotifications
{
    public const string SignatureHeader = "X-Bz-Event-Notification-Signature";

    /// <summary>Reads a body; null when it is not what B2 sends.</summary>
    public static IReadOnlyList<EventNotification>? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var events = JsonSerializer.Deserialize(body, EventNotificationJson.Default.EventBatch)?.Events;
            return events is null || events.Any(one => one is null) ? null : [.. events.Select(one => one.ToModel())];
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record EventBatch
{
    public required IReadOnlyList<EventRecord> Events { get; init; }
}

internal sealed record EventRecord
{
    public required string AccountId { get; init; }
    public required string BucketId { get; init; }
    public required string BucketName { get; init; }
    public required string EventId { get; init; }
    public required DateTimeOffset EventTimestamp { get; init; }
    public required string EventType { get; init; }
    public int EventVersion { get; init; } = 1;
    public string? MatchedRuleName { get; init; }
    public string? ObjectName { get; init; }
    public long? ObjectSize { get; init; }
    public string? ObjectVersionId { get; init; }

    public EventNotification ToModel() =>
        new()
        {
            AccountId = AccountId,
            BucketId = BucketId,
            BucketName = BucketName,
            EventId = EventId,
            EventTimestamp = EventTimestamp,
            EventType = new(EventType),
            EventVersion = EventVersion,
            MatchedRuleName = MatchedRuleName,
            FileName = ObjectName,
            SizeInBytes = ObjectSize,
            FileId = ObjectVersionId,
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(EventBatch))]
internal sealed partial class EventNotificationJson : JsonSerializerContext;
