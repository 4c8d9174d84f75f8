using System.Diagnostics.CodeAnalysis;

namespace B2Sdk;

/// <summary>An application key: what it is called, what it may do, and where.</summary>
/// <remarks>The key itself is only in the <see cref="CreatedApplicationKey"/> that its creation gives.</remarks>
public record ApplicationKey
{
    /// <summary>The key's id, with which it is used and deleted.</summary>
    public required string ApplicationKeyId { get; init; }

    /// <summary>The key's name, which need not be unique.</summary>
    public required string KeyName { get; init; }

    /// <summary>What the key may do.</summary>
    public required IReadOnlyList<Capability> Capabilities
    {
        get;
        init => field = ValueList<Capability>.Of(value);
    }

    /// <summary>The account that owns the key; null where B2 did not say.</summary>
    public string? AccountId { get; init; }

    /// <summary>The buckets to which the key is restricted; null when it may use all of them.</summary>
    public IReadOnlyList<string>? BucketIds
    {
        get;
        init => field = value is { Count: 0 } ? null : ValueList<string>.Of(value);
    }

    /// <summary>Only file names that start with this; null when the key is not restricted so.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>When the key stops working; null for never.</summary>
    public DateTimeOffset? ExpirationTimestamp { get; init; }

    /// <summary>What else the key can be used for, such as <c>s3</c>.</summary>
    [AllowNull]
    public IReadOnlyList<string> Options
    {
        get;
        init => field = ValueList<string>.Of(value ?? []);
    } = ValueList<string>.Of([]);

    /// <summary>True when the key may do all of this.</summary>
    /// <param name="capabilities">What it is to do.</param>
    public bool HasCapabilities(params IEnumerable<Capability> capabilities)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        return capabilities.All(Capabilities.Contains);
    }
}
