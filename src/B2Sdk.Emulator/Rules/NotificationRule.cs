namespace B2Sdk.Emulator.Rules;

/// <summary>Which events of a bucket are sent, and where to.</summary>
internal sealed record NotificationRule
{
    public required string Name { get; init; }
    public required IReadOnlyList<string> EventTypes { get; init; }
    public required bool IsEnabled { get; init; }
    public required string Prefix { get; init; }
    public int MaxEventsPerBatch { get; init; } = 1;
    public required Webhook Webhook { get; init; }

    /// <summary>Why nothing is sent any more; null as long as it is.</summary>
    public string? Suspension { get; init; }

    /// <summary>True when there can be an event for which both are.</summary>
    public bool Overlaps(NotificationRule other) =>
        (Prefix.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(Prefix, StringComparison.Ordinal))
        && EventTypes.Any(one => other.EventTypes.Any(another => Rules.EventTypes.Overlap(one, another)));
}
