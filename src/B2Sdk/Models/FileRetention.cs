namespace B2Sdk;

/// <summary>Until when a file is protected from deletion.</summary>
public sealed record FileRetention
{
    /// <summary>How strictly; null when the file has no retention.</summary>
    public RetentionMode? Mode { get; init; }

    /// <summary>The end of the protection; null when the file has no retention.</summary>
    public DateTimeOffset? RetainUntilTimestamp { get; init; }
}
