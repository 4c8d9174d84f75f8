using B2Sdk.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace B2Sdk.Sessions;

/// <summary>Gives each call a valid token and URL, and tries again when that can help.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class Session : IDisposable
{
    private readonly AccountInfo _accountInfo;
    private readonly B2ApiOptions _options;
    private readonly WireClient _wire;
    private readonly RetryAllowance _allowance = new();
    private readonly Authorizer _authorizer;
    private readonly ILogger _log;

    public Session(AccountInfo accountInfo, B2ApiOptions options)
    {
        _accountInfo = accountInfo;
        _options = options;
        _wire = new(options);
        _log = options.LoggerFactory?.CreateLogger("B2Sdk.Session") ?? NullLogger.Instance;
        _authorizer = new(accountInfo, options, _wire, _log);
    }

    public DateTimeOffset ServerTime => _wire.ServerTime;

    public TimeSpan? ClockSkew => _wire.ClockSkew;

    public TransactionCounts Transactions => _wire.Transactions.Counts;

    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        Endpoint<TRequest, TResponse> endpoint,
        TRequest request,
        CancellationToken cancellationToken
    )
    {
        var allowed = (await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false)).Allowed;
        Unauthorized.Check(allowed, endpoint.Reach(request), endpoint.Operation, endpoint.Subject(request), endpoint.Requires(request));
        return await RunAsync(
                (authorization, _) =>
                    _wire.CallAsync(endpoint, authorization!.ApiUrl, authorization.AuthorizationToken, request, cancellationToken),
                new()
                {
                    Name = endpoint.Operation,
                    Requires = endpoint.Requires(request),
                    IsRepeatable = () => endpoint.IsRepeatable,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Says an operation once, without trying again: for use inside an attempt of another operation.</summary>
    public Task<TResponse> CallOnceAsync<TRequest, TResponse>(
        Endpoint<TRequest, TResponse> endpoint,
        TRequest request,
        AccountAuthorization authorization,
        CancellationToken cancellationToken
    ) => _wire.CallAsync(endpoint, authorization.ApiUrl, authorization.AuthorizationToken, request, cancellationToken);

    public Task<DownloadBody> OpenDownloadAsync(
        Func<AccountAuthorization, Uri> url,
        ByteRange? range,
        EncryptionSetting? encryption,
        string operation,
        string subject,
        RetryBudget budget,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            (authorization, _) =>
                _wire.DownloadAsync(
                    url(authorization!),
                    authorization!.AuthorizationToken,
                    range,
                    encryption,
                    operation,
                    subject,
                    cancellationToken
                ),
            new()
            {
                Name = operation,
                Requires = [Capability.ReadFiles],
                Budget = budget,
            },
            cancellationToken
        );

    public Task<FileVersion> HeadAsync(
        Func<AccountAuthorization, Uri> url,
        string subject,
        EncryptionSetting? encryption,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            (authorization, _) =>
                _wire.HeadAsync(url(authorization!), authorization!.AuthorizationToken, subject, encryption, cancellationToken),
            new() { Name = FileEndpoints.DownloadByName, Requires = [Capability.ReadFiles] },
            cancellationToken
        );

    public void Dispose()
    {
        _wire.Dispose();
        _authorizer.Dispose();
    }
}
