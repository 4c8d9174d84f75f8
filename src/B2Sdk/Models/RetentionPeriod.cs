namespace B2Sdk;

/// <summary>A length of time in whole days or years, as Object Lock counts it.</summary>
public sealed record RetentionPeriod
{
    /// <summary>How many units; at least 1.</summary>
    public required int Duration { get; init; }

    /// <summary><c>days</c> or <c>years</c>.</summary>
    public required string Unit { get; init; }
}
