namespace B2Sdk;

/// <summary>Settings of a <see cref="B2Api"/> that comes from a service collection.</summary>
/// <remarks>
/// Settable, as options are. They are read when the client is made; only <see cref="Realm"/>, <see cref="ApplicationKeyId"/> and <see cref="ApplicationKey"/> are read again each time
/// that the account is authorized, so that a key can be replaced in the configuration while the program runs.
/// </remarks>
public sealed class B2Options
{
    /// <summary><c>production</c>, <c>staging</c>, <c>dev</c>, <c>emulator</c>, or a URL. Default: <c>production</c>.</summary>
    public string Realm { get; set; } = "production";

    /// <summary>The key's id. It must be given, unless <see cref="AccountInfo"/> holds an account already.</summary>
    public string? ApplicationKeyId { get; set; }

    /// <summary>The key itself. It must be given together with its id.</summary>
    public Secret ApplicationKey { get; set; }

    /// <summary>Holds what the account needs between calls; null for one in memory. It is not disposed.</summary>
    public AccountInfo? AccountInfo { get; set; }

    /// <summary>Sends the requests; null for one of our own. It is not disposed, and must not follow redirects.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>True to let keys and data travel over plain http to other machines. Default: false; loopback is always allowed.</summary>
    public bool AllowInsecureRealm { get; set; }

    /// <summary>Added to the User-Agent header, such as <c>my-backup/2.1</c>; null for nothing.</summary>
    public string? UserAgentAppend { get; set; }

    /// <summary>How long nothing may move in either direction before a request counts as failed; more than zero. Default: 60 seconds.</summary>
    public TimeSpan NoProgressTimeout { get; set; } = new B2ApiOptions().NoProgressTimeout;

    /// <summary>How long operations are tried again, and how often. Default: for 15 minutes, 20 times.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>Where the names and ids of buckets are remembered. Default: <see cref="BucketCache.InAccountInfo"/>.</summary>
    public BucketCache BucketCache { get; set; }

    /// <summary>Called each time something failed and will be tried again; null for nothing. Must not throw.</summary>
    public Action<RetryNotice>? OnRetry { get; set; }
}
