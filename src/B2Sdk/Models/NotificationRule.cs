namespace B2Sdk;

/// <summary>Which events of a bucket B2 tells of, and to whom.</summary>
/// <remarks>A bucket has up to 25 rules, and no two of them may tell of the same event.</remarks>
public sealed record NotificationRule
{
    /// <summary>The rule's name, 6 to 63 letters, digits and hyphens, not beginning with <c>b2-</c>; unique in its bucket.</summary>
    public required string Name { get; init; }

    /// <summary>What it tells of; at least one thing.</summary>
    public required IReadOnlyList<NotificationEventType> EventTypes
    {
        get;
        init => field = ValueList<NotificationEventType>.Of(value);
    }

    /// <summary>False when the rule is paused. Default: true.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Only files whose name starts with this; empty for all.</summary>
    public string ObjectNamePrefix { get; init; } = "";

    /// <summary>How many events may come in one post, 1 to 50; null for 1.</summary>
    public int? MaxEventsPerBatch { get; init; }

    /// <summary>Where the events are sent.</summary>
    public required NotificationTarget TargetConfiguration { get; init; }

    /// <summary>True when B2 has given up on the target; null in rules that you make.</summary>
    public bool? IsSuspended { get; init; }

    /// <summary>Why B2 has given up; empty when it has not, null in rules that you make.</summary>
    public string? SuspensionReason { get; init; }

    internal void Validate(string parameterName)
    {
        RuleNames.Validate("notification rule", Name, parameterName);
        if (EventTypes.Count == 0)
        {
            throw new ArgumentException($"The notification rule '{Name}' has no event types; it has at least one.", parameterName);
        }
        if (MaxEventsPerBatch is < 1 or > 50)
        {
            throw new ArgumentOutOfRangeException(
                parameterName,
                $"The notification rule '{Name}' has batches of {MaxEventsPerBatch} events; B2 allows 1 to 50."
            );
        }
        if (!TargetConfiguration.Url.IsAbsoluteUri)
        {
            throw new ArgumentException(
                $"The notification rule '{Name}' posts to '{TargetConfiguration.Url}', which is no whole URL; it is one such as https://example.com/hook.",
                parameterName
            );
        }
        if (
            TargetConfiguration.HmacSha256SigningSecret?.Reveal() is { } secret
            && (secret.Length != 32 || !secret.All(char.IsAsciiLetterOrDigit))
        )
        {
            throw new ArgumentException(
                $"The signing secret of the notification rule '{Name}' has {secret.Length} characters; it is 32 letters and digits.",
                parameterName
            );
        }
    }

    /// <summary>The rule without what only B2 says of it.</summary>
    internal NotificationRule AsRequest() => this with { IsSuspended = null, SuspensionReason = null };
}
