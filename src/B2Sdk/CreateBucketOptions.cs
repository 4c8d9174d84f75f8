namespace B2Sdk;

/// <summary>Settings with which a bucket is created. A default retention is set afterwards, with <see cref="Bucket.UpdateAsync"/>.</summary>
public sealed record CreateBucketOptions
{
    /// <summary>What to keep with the bucket, by key; up to 10 keys, which B2 keeps in lower case. <c>Cache-Control</c> is what downloads get.</summary>
    public IReadOnlyDictionary<string, string>? Info
    {
        get;
        init => field = value is null ? null : ValueMap.Of(value);
    }

    /// <summary>Which web pages may use it; up to 100 rules.</summary>
    public IReadOnlyList<CorsRule>? CorsRules
    {
        get;
        init => field = ValueList<CorsRule>.Of(value);
    }

    /// <summary>What happens to its old files; up to 100 rules.</summary>
    public IReadOnlyList<LifecycleRule>? LifecycleRules
    {
        get;
        init => field = ValueList<LifecycleRule>.Of(value);
    }

    /// <summary>The encryption of files that come without any of their own; null for none.</summary>
    public EncryptionSetting? DefaultServerSideEncryption { get; init; }

    /// <summary>True to make its files lockable, which can never be undone. Default: false.</summary>
    public bool FileLockEnabled { get; init; }

    /// <summary>Its part in replication; null for none.</summary>
    public ReplicationConfiguration? ReplicationConfiguration { get; init; }

    internal void Validate(string parameterName)
    {
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
    }
}
