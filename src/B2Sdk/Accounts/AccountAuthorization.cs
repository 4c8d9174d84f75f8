namespace B2Sdk;

/// <summary>Everything that B2 answered when the account was authorized, with the key that was used, so that it can be done again.</summary>
public sealed record AccountAuthorization
{
    /// <summary>The account; not always the key's id.</summary>
    public required string AccountId { get; init; }

    /// <summary>The id of the key that was used.</summary>
    public required string ApplicationKeyId { get; init; }

    /// <summary>The key that was used. It is kept, because tokens last 24 hours at most.</summary>
    public required Secret ApplicationKey { get; init; }

    /// <summary>The token that goes with every call.</summary>
    public required Secret AuthorizationToken { get; init; }

    /// <summary>The realm as it was given: <c>production</c>, another alias, or a URL.</summary>
    public required string Realm { get; init; }

    /// <summary>Where calls go.</summary>
    public required Uri ApiUrl { get; init; }

    /// <summary>Where downloads come from.</summary>
    public required Uri DownloadUrl { get; init; }

    /// <summary>The S3-compatible endpoint; null when the service has none.</summary>
    public Uri? S3ApiUrl { get; init; }

    /// <summary>The part size in bytes that B2 advises for large files, usually 100,000,000.</summary>
    public required long RecommendedPartSize { get; init; }

    /// <summary>The smallest size in bytes of every part but the last, usually 5,000,000.</summary>
    public required long AbsoluteMinimumPartSize { get; init; }

    /// <summary>What the key may do, and where.</summary>
    public required AllowedAccess Allowed { get; init; }

    /// <summary>When the key stops working; null when it does not expire, or when that is not known.</summary>
    public DateTimeOffset? ApplicationKeyExpirationTimestamp { get; init; }

    /// <summary>True when the key is the account's master key.</summary>
    /// <remarks>
    /// The id of a master key is the account id, or, in the newer form, three characters for the cluster, the account id, and ten zeros.
    /// </remarks>
    public bool IsMasterKey =>
        ApplicationKeyId == AccountId
        || (
            ApplicationKeyId.Length == 3 + AccountId.Length + 10
            && ApplicationKeyId.EndsWith(AccountId + "0000000000", StringComparison.Ordinal)
        );

    /// <summary>True when both are of one account at one realm. What is known of its buckets holds for both then.</summary>
    /// <param name="other">The other one.</param>
    public bool IsSameAccountAs(AccountAuthorization other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (AccountId, Realm) == (other.AccountId, other.Realm);
    }

    /// <summary>True when both were made with one key at one realm.</summary>
    /// <param name="other">The other one.</param>
    public bool IsSameKeyAs(AccountAuthorization other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (ApplicationKeyId, Realm) == (other.ApplicationKeyId, other.Realm);
    }
}
