using System.Diagnostics.CodeAnalysis;

namespace B2Sdk;

/// <summary>What came of checking a request to a webhook.</summary>
public sealed record EventVerification
{
    /// <summary>True when the request is genuine. Answer it with 200 when its events are handled, and with 401 when this is false.</summary>
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Refusal is null;

    /// <summary>What happened, as many events as one request told of; empty when it was refused.</summary>
    public IReadOnlyList<EventNotification> Events { get; init; } = [];

    /// <summary>Why the request was refused; null when it was accepted.</summary>
    public EventRefusal? Refusal { get; init; }
}
