namespace B2Sdk;

/// <summary>Settings of an <see cref="EventNotificationVerifier"/> that most callers leave alone.</summary>
public sealed record EventNotificationVerifierOptions
{
    /// <summary>How far from now an event may have happened, before or after; null for any time. Default: one day.</summary>
    /// <remarks>B2 goes on trying to deliver while a webhook does not answer: events of a longer outage are refused.</remarks>
    public TimeSpan? ReplayWindow { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The clock that says when now is.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
