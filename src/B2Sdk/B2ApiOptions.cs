using Microsoft.Extensions.Logging;

namespace B2Sdk;

/// <summary>Settings of a <see cref="B2Api"/> that most callers leave alone.</summary>
public sealed record B2ApiOptions
{
    /// <summary>
    /// Gives the key with which the account authorizes itself: at first use, and again whenever its token is refused. Null to leave it to <see cref="B2Api.AuthorizeAccountAsync(string, string, Secret, CancellationToken)"/> and to
    /// the account info.
    /// </summary>
    /// <remarks>A key that is replaced is used from the next authorization on. What the account info holds of another key is not used.</remarks>
    public Func<CancellationToken, ValueTask<B2Credentials>>? Credentials { get; init; }

    /// <summary>Sends the requests; null for one of our own. It is not disposed.</summary>
    /// <remarks>It must not follow redirects, decompress, or send an upload twice: the first is refused at once, the others when they happen.</remarks>
    public HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>The clock by which waits are measured. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where messages are logged; null for nowhere. Keys and tokens are never logged.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>How long operations are tried again, and how often. Default: for 15 minutes, 20 times.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Called each time something failed and will be tried again; null for nothing. Must not throw.</summary>
    public Action<RetryNotice>? OnRetry { get; init; }

    /// <summary>Added to the User-Agent header, such as <c>my-backup/2.1</c>; null for nothing.</summary>
    public string? UserAgentAppend { get; init; }

    /// <summary>True to let keys and data travel over plain http to other machines. Default: false; loopback is always allowed.</summary>
    public bool AllowInsecureRealm { get; init; }

    /// <summary>How long nothing may move in either direction before a request counts as failed; more than zero. Default: 60 seconds.</summary>
    /// <remarks>There is no limit on how long a request takes while bytes move.</remarks>
    public TimeSpan NoProgressTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the names and ids of buckets are remembered. Default: <see cref="BucketCache.InAccountInfo"/>.</summary>
    /// <remarks><see cref="B2Api.OpenBucketByNameAsync"/> uses them to save calls, each of which is a transaction of class C.</remarks>
    public BucketCache BucketCache { get; init; }

    internal void Validate(string parameterName)
    {
        if (Faults().FirstOrDefault() is { } fault)
        {
            throw new ArgumentException(fault, parameterName);
        }
    }

    /// <summary>All that is wrong with them.</summary>
    internal IEnumerable<string> Faults()
    {
        if (NoProgressTimeout <= TimeSpan.Zero)
        {
            yield return $"{nameof(NoProgressTimeout)} is {NoProgressTimeout}; it must be more than zero.";
        }
        if (Retry.MaxAttempts < 1)
        {
            yield return $"{nameof(Retry)}.{nameof(RetryOptions.MaxAttempts)} is {Retry.MaxAttempts}; it must be at least 1.";
        }
        foreach (
            var (setting, value) in new[]
            {
                (nameof(RetryOptions.MaxElapsed), Retry.MaxElapsed),
                (nameof(RetryOptions.BaseDelay), Retry.BaseDelay),
                (nameof(RetryOptions.MaxDelay), Retry.MaxDelay),
            }
        )
        {
            if (value < TimeSpan.Zero)
            {
                yield return $"{nameof(Retry)}.{setting} is {value}; it must not be less than zero.";
            }
        }
        if (!Enum.IsDefined(BucketCache))
        {
            yield return $"{nameof(BucketCache)} is {BucketCache}; it is {string.Join(", ", Enum.GetNames<BucketCache>())}.";
        }
        if (UserAgentAppend?.Any(letter => letter is < ' ' or > '~') == true)
        {
            yield return $"{nameof(UserAgentAppend)} is '{UserAgentAppend}'; it has ASCII letters, digits and signs only.";
        }
    }
}
