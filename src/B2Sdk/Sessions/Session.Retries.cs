using System.Net;
using B2Sdk.Diagnostics;
using B2Sdk.Wire;

namespace B2Sdk.Sessions;

// Here is the one retry loop: inside an attempt only single shots are made, so that budgets never multiply.
internal sealed partial class Session
{
    // A realm that three connections in a row did not reach at the very start is more likely misspelt than down.
    private const int AttemptsAtFirstContact = 3;

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

    /// <summary>What the loop must know of the operation that it runs.</summary>
    private sealed record Operation
    {
        public required string Name { get; init; }
        public IReadOnlyList<Capability> Requires { get; init; } = [];
        public Func<bool> IsRepeatable { get; init; } = static () => true;
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
                // A page with the status 200 may be anybody's; B2's own answer would have been no failure.
                wasAnswered |= failure.Status is not (null or HttpStatusCode.OK);
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

        if (!operation.IsRepeatable() && MayHaveBeenActedOn(failure))
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
}
