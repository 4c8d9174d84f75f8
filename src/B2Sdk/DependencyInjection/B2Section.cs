namespace B2Sdk.DependencyInjection;

/// <summary>What a section of the configuration may say of a client; what it does not say stays as it is.</summary>
internal sealed class B2Section
{
    public string? Realm { get; set; }
    public string? ApplicationKeyId { get; set; }
    public string? ApplicationKey { get; set; }
    public bool? AllowInsecureRealm { get; set; }
    public string? UserAgentAppend { get; set; }
    public TimeSpan? NoProgressTimeout { get; set; }
    public BucketCache? BucketCache { get; set; }
    public RetrySection? Retry { get; set; }

    public void ApplyTo(B2Options options)
    {
        options.Realm = Realm ?? options.Realm;
        options.ApplicationKeyId = ApplicationKeyId ?? options.ApplicationKeyId;
        options.ApplicationKey = ApplicationKey ?? options.ApplicationKey;
        options.AllowInsecureRealm = AllowInsecureRealm ?? options.AllowInsecureRealm;
        options.UserAgentAppend = UserAgentAppend ?? options.UserAgentAppend;
        options.NoProgressTimeout = NoProgressTimeout ?? options.NoProgressTimeout;
        options.BucketCache = BucketCache ?? options.BucketCache;
        if (Retry is { } retry)
        {
            options.Retry = options.Retry with
            {
                MaxElapsed = retry.MaxElapsed ?? options.Retry.MaxElapsed,
                MaxAttempts = retry.MaxAttempts ?? options.Retry.MaxAttempts,
                BaseDelay = retry.BaseDelay ?? options.Retry.BaseDelay,
                MaxDelay = retry.MaxDelay ?? options.Retry.MaxDelay,
            };
        }
    }

    internal sealed class RetrySection
    {
        public TimeSpan? MaxElapsed { get; set; }
        public int? MaxAttempts { get; set; }
        public TimeSpan? BaseDelay { get; set; }
        public TimeSpan? MaxDelay { get; set; }
    }
}
