namespace B2Sdk;

/// <summary>Where notifications are sent.</summary>
public sealed record NotificationTarget
{
    /// <summary>The kind of target. Default: <c>webhook</c>, which is the only one so far.</summary>
    public string TargetType { get; init; } = "webhook";

    /// <summary>Where events are posted to, by https. It is sent as it was written.</summary>
    public required Uri Url { get; init; }

    /// <summary>Headers that are added, up to 10 of 2,048 bytes in all; null for none.</summary>
    public IReadOnlyList<NotificationHeader>? CustomHeaders
    {
        get;
        init => field = ValueList<NotificationHeader>.Of(value);
    }

    /// <summary>The secret with which B2 signs what it posts, 32 letters and digits; null for none of your own.</summary>
    public Secret? HmacSha256SigningSecret { get; init; }
}
