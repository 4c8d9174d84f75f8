using System.Text.Json.Serialization;

namespace B2Sdk;

/// <summary>Until when a file is protected from deletion.</summary>
public sealed record FileRetention
{
    /// <summary>No retention: given in an update, it removes the one in force, as far as that may be.</summary>
    public static FileRetention None { get; } = new();

    /// <summary>How strictly; null when the file has no retention.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RetentionMode? Mode { get; init; }

    /// <summary>The end of the protection; null when the file has no retention.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? RetainUntilTimestamp { get; init; }

    /// <summary>Protection that a key with <c>bypassGovernance</c> can go past when it asks to.</summary>
    /// <param name="until">The end of the protection, in the future.</param>
    public static FileRetention Governance(DateTimeOffset until) => new() { Mode = RetentionMode.Governance, RetainUntilTimestamp = until };

    /// <summary>Protection that nobody can take away or shorten before its time.</summary>
    /// <param name="until">The end of the protection, in the future.</param>
    public static FileRetention Compliance(DateTimeOffset until) => new() { Mode = RetentionMode.Compliance, RetainUntilTimestamp = until };

    internal void Validate(bool mayBeNone, string parameterName)
    {
        if (Mode is null != RetainUntilTimestamp is null || (Mode is null && !mayBeNone))
        {
            throw new ArgumentException(
                $"The retention has the mode '{Mode}' and ends at '{RetainUntilTimestamp}'; it has both, or is {(mayBeNone ? $"{nameof(FileRetention)}.{nameof(None)}" : "null for the bucket's default")}.",
                parameterName
            );
        }
    }
}
