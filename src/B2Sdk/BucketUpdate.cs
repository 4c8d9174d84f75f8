namespace B2Sdk;

/// <summary>Which settings of a bucket to change. What is null stays as it is.</summary>
public sealed record BucketUpdate
{
    /// <summary>Who may read its files.</summary>
    public BucketType? Type { get; init; }

    /// <summary>What to keep with it, by key, in place of all that is there; empty for nothing. B2 keeps keys in lower case.</summary>
    public IReadOnlyDictionary<string, string>? Info
    {
        get;
        init => field = value is null ? null : ValueMap.Of(value);
    }

    /// <summary>Which web pages may use it, in place of all rules; empty for none.</summary>
    public IReadOnlyList<CorsRule>? CorsRules
    {
        get;
        init => field = ValueList<CorsRule>.Of(value);
    }

    /// <summary>What happens to its old files, in place of all rules; empty for nothing.</summary>
    public IReadOnlyList<LifecycleRule>? LifecycleRules
    {
        get;
        init => field = ValueList<LifecycleRule>.Of(value);
    }

    /// <summary>The encryption of files that come without any of their own; <see cref="EncryptionSetting.None"/> to take it away.</summary>
    public EncryptionSetting? DefaultServerSideEncryption { get; init; }

    /// <summary>The retention of files that come without any of their own; <see cref="BucketRetention.None"/> to take it away.</summary>
    public BucketRetention? DefaultRetention { get; init; }

    /// <summary>True to make its files lockable, which can never be undone.</summary>
    public bool? FileLockEnabled { get; init; }

    /// <summary>Its part in replication, in place of all that is there; an empty configuration to take it away.</summary>
    public ReplicationConfiguration? ReplicationConfiguration { get; init; }

    /// <summary>The revision that the bucket must still have; null to overwrite what others changed meanwhile.</summary>
    public int? IfRevisionIs { get; init; }

    internal void Validate(string parameterName)
    {
        if (this == new BucketUpdate { IfRevisionIs = IfRevisionIs })
        {
            throw new ArgumentException("The update changes nothing.", parameterName);
        }
        if (CorsRules is not null)
        {
            BucketSettingsRules.Validate(CorsRules, parameterName);
        }
        if (LifecycleRules is not null)
        {
            BucketSettingsRules.Validate(LifecycleRules, parameterName);
        }
        if (ReplicationConfiguration is not null)
        {
            BucketSettingsRules.Validate(ReplicationConfiguration, parameterName);
        }
        DefaultServerSideEncryption?.ValidateForBucket(parameterName);
        DefaultRetention?.Validate(parameterName);
    }
}
