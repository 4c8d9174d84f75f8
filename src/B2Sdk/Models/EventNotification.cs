namespace B2Sdk;

/// <summary>Something that happened in a bucket, as B2 told a webhook.</summary>
/// <remarks>B2 may tell of an event more than once, and in any order: <see cref="EventId"/> says which it is.</remarks>
public sealed record EventNotification
{
    /// <summary>The account of the bucket.</summary>
    public required string AccountId { get; init; }

    /// <summary>The bucket's id.</summary>
    public required string BucketId { get; init; }

    /// <summary>The bucket's name.</summary>
    public required string BucketName { get; init; }

    /// <summary>Names the event; the same each time that B2 tells of it.</summary>
    public required string EventId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset EventTimestamp { get; init; }

    /// <summary>What happened. <see cref="NotificationEventType.Test"/> is a trial that somebody started.</summary>
    public required NotificationEventType EventType { get; init; }

    /// <summary>The version of the form in which B2 tells of events; 1 so far.</summary>
    public required int EventVersion { get; init; }

    /// <summary>The name of the rule for which B2 told of it; null when it did not say.</summary>
    public string? MatchedRuleName { get; init; }

    /// <summary>The file; null for a trial.</summary>
    public string? FileName { get; init; }

    /// <summary>The file's size in bytes; null for a trial and when a file was hidden or deleted.</summary>
    public long? SizeInBytes { get; init; }

    /// <summary>The id of the version, or of the hide marker; null for a trial.</summary>
    public string? FileId { get; init; }
}
