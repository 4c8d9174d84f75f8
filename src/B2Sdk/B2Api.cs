using B2Sdk.Sessions;
using B2Sdk.Transfer;

namespace B2Sdk;

/// <summary>An account at Backblaze B2: authorizes it, finds, creates and deletes its buckets, and reaches files by their ids.</summary>
/// <remarks>
/// <para>Thread-safe. Make one for each account and keep it: it holds connections, tokens and upload URLs for reuse.</para>
/// <para>Whatever asks B2 can fail with a <see cref="B2Exception"/> once nothing is left to try with (<see cref="B2ApiOptions.Retry"/>), with a
/// <see cref="MissingAccountDataException"/> before the account is authorized, with an <see cref="OperationCanceledException"/> when you cancel, and with an
/// <see cref="ObjectDisposedException"/> when this is disposed; an <see cref="ArgumentException"/> tells of an argument that is null, empty or not allowed, before anything is sent. Members
/// say what else there is to know.</para>
/// <para>It is not made to be replaced in tests: let them talk to the emulator of the package <c>B2Sdk.Emulator</c>, or give <see cref="B2ApiOptions.HttpHandler"/> one that answers what you
/// like. The records that come back can be made by anybody.</para>
/// </remarks>
/// <example>
/// <code>
/// await using var b2 = new B2Api(new InMemoryAccountInfo());
/// await b2.AuthorizeAccountAsync("production", applicationKeyId, applicationKey);
/// Bucket bucket = await b2.GetBucketByNameAsync("example-mybucket-b2-1");
/// </code>
/// </example>
public sealed partial class B2Api : IAsyncDisposable, IDisposable
{
    private readonly Session _session;

    /// <summary>Makes an API over an account info. Nothing is sent yet.</summary>
    /// <param name="accountInfo">Holds credentials, tokens and the map of buckets. It is not disposed.</param>
    /// <param name="options">Settings that most callers leave alone.</param>
    /// <exception cref="ArgumentException">An option is not one, or the handler follows redirects.</exception>
    public B2Api(AccountInfo accountInfo, B2ApiOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(accountInfo);
        options ??= new();
        options.Validate(nameof(options));
        AccountInfo = accountInfo;
        _bucketMap = options.BucketCache switch
        {
            BucketCache.InAccountInfo => accountInfo,
            BucketCache.InMemory => new InMemoryAccountInfo(),
            _ => null,
        };
        _session = new(accountInfo, options);
        _session.OnAuthorized(RememberBucketsOfKeyAsync);
        Uploader = new(_session, options);
        Downloader = new(_session);
        Copier = new(_session, options);
        Raw = new(_session);
    }

    /// <summary>Holds credentials, tokens and the map of buckets.</summary>
    public AccountInfo AccountInfo { get; }

    /// <summary>The operations as B2 has them, for what the verbs of this library do not say.</summary>
    public RawApi Raw { get; }

    internal Session Session => _session;

    internal Uploader Uploader { get; }

    internal Downloader Downloader { get; }

    internal Copier Copier { get; }

    /// <summary>Authorizes the account, so that everything else can be called. It need not be done again: tokens that expire are renewed by themselves.</summary>
    /// <param name="realm">
    /// <c>production</c>, <c>staging</c>, <c>dev</c>, <c>emulator</c> (http://127.0.0.1:8182), or a URL. Plain http, which <c>dev</c> is too, is refused except to this machine, or with
    /// <see cref="B2ApiOptions.AllowInsecureRealm"/>.
    /// </param>
    /// <param name="applicationKeyId">The key's id.</param>
    /// <param name="applicationKey">The key itself, which B2 shows once, when it is created.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What B2 answered. It is in <see cref="AccountInfo"/> too.</returns>
    /// <exception cref="ArgumentException">The realm is unknown, not safe, or an endpoint of the S3-compatible API. Nothing was sent.</exception>
    /// <exception cref="B2Exception">
    /// The key is wrong (<see cref="B2ErrorCode.Unauthorized"/> or <see cref="B2ErrorCode.BadAuthToken"/>), or the service cannot be reached. A realm that was never reached is given up after
    /// three attempts.
    /// </exception>
    public async Task<AccountAuthorization> AuthorizeAccountAsync(
        string realm,
        string applicationKeyId,
        Secret applicationKey,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(realm);
        ArgumentException.ThrowIfNullOrWhiteSpace(applicationKeyId);
        return await _session.AuthorizeAsync(new(realm, applicationKeyId, applicationKey), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="AuthorizeAccountAsync(string, string, Secret, CancellationToken)" path="/summary|/returns|/exception"/>
    /// <param name="realm">The realm's URL, such as that of an emulator. Plain http is refused except to this machine, or with <see cref="B2ApiOptions.AllowInsecureRealm"/>.</param>
    /// <param name="applicationKeyId">The key's id.</param>
    /// <param name="applicationKey">The key itself, which B2 shows once, when it is created.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<AccountAuthorization> AuthorizeAccountAsync(
        Uri realm,
        string applicationKeyId,
        Secret applicationKey,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(realm);
        return AuthorizeAccountAsync(realm.OriginalString, applicationKeyId, applicationKey, cancellationToken);
    }

    /// <summary>Returns what B2 last answered to an authorization.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MissingAccountDataException">The account was never authorized.</exception>
    public Task<AccountAuthorization> GetAuthorizationAsync(CancellationToken cancellationToken = default) =>
        _session.GetAuthorizationAsync(cancellationToken).AsTask();

    /// <summary>How far B2's clock is ahead of this machine's, as its last answer tells; null before the first one. More than ten minutes are logged as a warning, once.</summary>
    public TimeSpan? ClockSkew => _session.ClockSkew;

    /// <summary>How many calls B2 has answered this client so far, by what it charges for them.</summary>
    public TransactionCounts Transactions => _session.Transactions;

    /// <summary>Closes the connections. The account info stays as it is.</summary>
    public void Dispose() => _session.Dispose();

    /// <summary>Closes the connections. The account info stays as it is.</summary>
    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return default;
    }

    /// <summary>Sees once whether B2 can be reached and takes the key.</summary>
    internal Task CheckAsync(CancellationToken cancellationToken) => _session.CheckAsync(cancellationToken);
}
