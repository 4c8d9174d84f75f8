using System.Text.Json.Serialization;

namespace B2Sdk;

/// <summary>The retention that new files of a bucket get when the upload says nothing else.</summary>
public sealed record BucketRetention
{
    /// <summary>No default: given in an update, it takes the default away.</summary>
    public static BucketRetention None { get; } = new();

    /// <summary>How strictly; null when the bucket has no default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RetentionMode? Mode { get; init; }

    /// <summary>For how long after the upload; null when the bucket has no default.</summary>
    public RetentionPeriod? Period { get; init; }

    /// <summary>Protection that a key with <c>bypassGovernance</c> can go past when it asks to.</summary>
    /// <param name="period">For how long after the upload.</param>
    public static BucketRetention Governance(RetentionPeriod period) => new() { Mode = RetentionMode.Governance, Period = period };

    /// <summary>Protection that nobody can take away or shorten before its time.</summary>
    /// <param name="period">For how long after the upload.</param>
    public static BucketRetention Compliance(RetentionPeriod period) => new() { Mode = RetentionMode.Compliance, Period = period };

    internal void Validate(string parameterName)
    {
        if (Mode is null != Period is null)
        {
            throw new ArgumentException(
                $"The default retention has the mode '{Mode}' and the period '{Period}'; it has both, or is {nameof(BucketRetention)}.{nameof(None)}.",
                parameterName
            );
        }
        Period?.Validate(parameterName);
    }
}
