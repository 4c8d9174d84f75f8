using System.Net;
using B2Sdk.Diagnostics;
using B2Sdk.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace B2Sdk.Sessions;

/// <summary>
/// Gives each call a valid token and URL, and tries again when that can help. Here is the one retry loop: inside an attempt only single shots are made, so that budgets never
/// multiply.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class Session : IDisposable
{
    // A realm that three connections in a row did not reach at the very start is more likely misspelt than down.
    private const int AttemptsAtFirstContact = 3;

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
                    IsRepeatable = endpoint.IsRepeatable,
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

    /// <summary>Uploads a small file.</summary>
    /// <param name="bucketId">The bucket.</param>
    /// <param name="headers">What the file is.</param>
    /// <param name="makeBody">Makes the bytes anew for each attempt.</param>
    /// <param name="findStored">
    /// Asks once whether the bytes of an attempt whose answer was lost were stored after all; given that attempt's bytes, its start by B2's clock, and the authorization to ask with.
    /// </param>
    /// <param name="cancellationToken">Ends the upload.</param>
    public async Task<FileVersion> UploadFileAsync<TBody>(
        string bucketId,
        UploadHeaders headers,
        Func<TBody> makeBody,
        Func<TBody, DateTimeOffset, AccountAuthorization, Task<FileVersion?>> findStored,
        CancellationToken cancellationToken
    )
        where TBody : UploadBody
    {
        TBody? unanswered = null;
        var startedAt = ServerTime;
        try
        {
            return await RunAsync(
                    UploadOrFindAsync,
                    new() { Name = FileEndpoints.UploadFile, Requires = [Capability.WriteFiles] },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (B2Exception) when (unanswered is not null)
        {
            // The last answer was lost, too: what it would have said can still be seen.
            if (await FindAfterAllAsync().ConfigureAwait(false) is { } stored)
            {
                return stored;
            }
            throw;
        }

        async Task<FileVersion> UploadOrFindAsync(AccountAuthorization? authorization, int number)
        {
            if (unanswered is not null && await findStored(unanswered, startedAt, authorization!).ConfigureAwait(false) is { } stored)
            {
                return stored;
            }
            unanswered = null;
            var body = makeBody();
            startedAt = ServerTime;
            try
            {
                return await LeaseAsync(
                        bucketId,
                        number,
                        () =>
                            GetUploadUrlAsync(
                                BucketEndpoints.GetUploadUrl,
                                new() { BucketId = bucketId },
                                authorization!,
                                cancellationToken
                            ),
                        target => _wire.UploadFileAsync(target, headers, body, cancellationToken)
                    )
                    .ConfigureAwait(false);
            }
            catch (B2Exception e) when (e.IsTransient && body.WasSent && e.Status is null or HttpStatusCode.OK)
            {
                unanswered = body;
                throw;
            }
        }

        async Task<FileVersion?> FindAfterAllAsync()
        {
            try
            {
                var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
                return await findStored(unanswered, startedAt, authorization).ConfigureAwait(false);
            }
            catch (B2Exception)
            {
                return null;
            }
        }
    }

    public Task<LargeFilePart> UploadPartAsync(
        string fileId,
        int partNumber,
        EncryptionSetting? encryption,
        Func<UploadBody> makeBody,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            (authorization, number) =>
                LeaseAsync(
                    fileId,
                    number,
                    () =>
                        GetUploadUrlAsync(
                            LargeFileEndpoints.GetUploadPartUrl,
                            new() { FileId = fileId },
                            authorization!,
                            cancellationToken
                        ),
                    target => _wire.UploadPartAsync(target, fileId, partNumber, encryption, makeBody(), cancellationToken)
                ),
            new() { Name = LargeFileEndpoints.UploadPart, Requires = [Capability.WriteFiles] },
            cancellationToken
        );

    public void ForgetUploadUrls(string fileId) => _accountInfo.UploadUrls.Forget(fileId);

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

    public RetryBudget NewBudget() => new(_options.Retry, _allowance, _options.TimeProvider, Random.Shared.NextDouble);

    /// <summary>Waits before trying again, or throws the failure when there is nothing left to try with.</summary>
    public async Task WaitBeforeAgainAsync(RetryBudget budget, B2Exception failure, bool atOnce, CancellationToken cancellationToken)
    {
        if (!budget.TrySpend(failure.RetryAfter, atOnce, out var delay))
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
        Log.TryingAgain(_log, failure.Operation, budget.Attempts, delay, failure.Message);
        Telemetry.TryingAgain(failure, delay);
        _options.OnRetry?.Invoke(new(failure.Operation, budget.Attempts, delay, failure));
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _wire.Dispose();
        _authorizer.Dispose();
    }

    /// <summary>What the loop must know of the operation that it runs.</summary>
    private sealed record Operation
    {
        public required string Name { get; init; }
        public IReadOnlyList<Capability> Requires { get; init; } = [];
        public bool IsRepeatable { get; init; } = true;
        public bool IsFirstContact { get; init; }
        public RetryBudget? Budget { get; init; }
    }

    private async Task<T> RunAsync<T>(
        Func<AccountAuthorization?, int, Task<T>> attempt,
        Operation operation,
        CancellationToken cancellationToken
    )
    {
        var budget = operation.Budget ?? NewBudget();
        using var activity = Telemetry.Begin(operation.Name);
        var start = _options.TimeProvider.GetTimestamp();
        try
        {
            var result = await TryAsync(attempt, operation, budget, cancellationToken).ConfigureAwait(false);
            Telemetry.End(activity, operation.Name, _options.TimeProvider.GetElapsedTime(start), budget.Attempts, failure: null);
            return result;
        }
        catch (B2Exception e)
        {
            Telemetry.End(activity, operation.Name, _options.TimeProvider.GetElapsedTime(start), budget.Attempts, e);
            throw;
        }
    }

    private async Task<T> TryAsync<T>(
        Func<AccountAuthorization?, int, Task<T>> attempt,
        Operation operation,
        RetryBudget budget,
        CancellationToken cancellationToken
    )
    {
        var answerWasLost = false;
        var wasAnswered = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var authorization = operation.IsFirstContact ? null : await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
            budget.BeginAttempt();
            try
            {
                var result = await attempt(authorization, budget.Attempts).ConfigureAwait(false);
                budget.WasJustReauthorized = false;
                _allowance.Earn();
                return result;
            }
            catch (B2Exception failure)
            {
                failure.Attempts = budget.Attempts;
                failure.FollowsLostAnswer = answerWasLost;
                answerWasLost |= MayHaveBeenActedOn(failure);
                wasAnswered |= failure.Status is not null;
                var isHopeless = operation.IsFirstContact && !wasAnswered && budget.Attempts >= AttemptsAtFirstContact;
                if (
                    isHopeless
                    || !await PrepareAnotherAsync(failure, authorization, operation, budget, cancellationToken).ConfigureAwait(false)
                )
                {
                    if (failure.Code == B2ErrorCode.Unauthorized && authorization is not null)
                    {
                        throw Unauthorized.Explain(failure, authorization.Allowed, operation.Requires);
                    }
                    throw;
                }
            }
        }
    }

    /// <summary>The table of what happens after a failure; false gives up.</summary>
    private async Task<bool> PrepareAnotherAsync(
        B2Exception failure,
        AccountAuthorization? authorization,
        Operation operation,
        RetryBudget budget,
        CancellationToken cancellationToken
    )
    {
        var isUpload = failure.Operation is FileEndpoints.UploadFile or LargeFileEndpoints.UploadPart;
        // The first time an upload fails it goes elsewhere without waiting: another pod may be free.
        var isFirstUpload = isUpload && budget.Attempts == 1;
        if (IsRefusedToken(failure))
        {
            if (isUpload)
            {
                await WaitBeforeAgainAsync(budget, failure, isFirstUpload, cancellationToken).ConfigureAwait(false);
                return true;
            }
            if (authorization is null || failure.Operation == AccountEndpoints.Authorize || budget.WasJustReauthorized)
            {
                return false;
            }
            budget.WasJustReauthorized = true;
            try
            {
                await _authorizer.RenewAsync(authorization, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (B2Exception e)
            {
                // The others who waited got the very same exception; this caller's is its own.
                var own = e.Copy();
                own.Attempts = 1;
                if (!own.IsTransient)
                {
                    throw own;
                }
                budget.WasJustReauthorized = false;
                await WaitBeforeAgainAsync(budget, own, atOnce: false, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }

        budget.WasJustReauthorized = false;
        if (isUpload && IsUrlInUse(failure))
        {
            await WaitBeforeAgainAsync(budget, failure, isFirstUpload, cancellationToken).ConfigureAwait(false);
            return true;
        }
        if (!failure.IsTransient)
        {
            return false;
        }

        if (!operation.IsRepeatable && MayHaveBeenActedOn(failure))
        {
            return false;
        }
        var atOnce = isFirstUpload && failure.Status != HttpStatusCode.TooManyRequests;
        await WaitBeforeAgainAsync(budget, failure, atOnce, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>True when the service may have done what it was asked although its answer says nothing of it.</summary>
    private static bool MayHaveBeenActedOn(B2Exception failure) =>
        failure.IsTransient
        && !Failures.NeverArrived(failure)
        && failure.Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable);

    // HEAD has no body, and proxies have bodies of their own: a 401 without a code can only be taken for a token that has died.
    private static bool IsRefusedToken(B2Exception failure) =>
        failure.Status == HttpStatusCode.Unauthorized
        && (
            failure.Code == B2ErrorCode.BadAuthToken
            || failure.Code == B2ErrorCode.ExpiredAuthToken
            || failure.Code == B2ErrorCode.NonJsonResponse
            || failure.Code.ToString().Length == 0
        );

    // Older servers say it with the catch-all code, so that only the text tells.
    private static bool IsUrlInUse(B2Exception failure) =>
        failure.Code == B2ErrorCode.AuthTokenLimit
        || failure.ServerMessage?.Contains("more than one upload using auth token", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Uploads to a URL that nobody else uses meanwhile. It goes back to the others only after a whole success.</summary>
    private async Task<T> LeaseAsync<T>(string poolKey, int attempt, Func<Task<UploadUrl>> getAnother, Func<UploadUrl, Task<T>> upload)
    {
        // Only a first attempt takes an idle URL: when a pod goes away, all that point to it are stale together.
        UploadUrl? target = null;
        var isIdle = attempt == 1 && _accountInfo.UploadUrls.TryTake(poolKey, out target);
        Telemetry.UploadUrl(isIdle ? "reused" : "requested");
        target ??= await getAnother().ConfigureAwait(false);
        try
        {
            var result = await upload(target).ConfigureAwait(false);
            _accountInfo.UploadUrls.Give(poolKey, target);
            return result;
        }
        catch
        {
            Telemetry.UploadUrl("dropped");
            throw;
        }
    }

    private async Task<UploadUrl> GetUploadUrlAsync<TRequest>(
        Endpoint<TRequest, UploadUrlResponse> endpoint,
        TRequest request,
        AccountAuthorization authorization,
        CancellationToken cancellationToken
    )
    {
        var answer = await _wire
            .CallAsync(endpoint, authorization.ApiUrl, authorization.AuthorizationToken, request, cancellationToken)
            .ConfigureAwait(false);
        var realm = Realms.Resolve(authorization.Realm, _options.AllowInsecureRealm);
        Realms.CheckGivenUrl(realm, answer.UploadUrl, "uploadUrl", endpoint.Operation);
        return new(answer.UploadUrl, answer.AuthorizationToken);
    }
}
