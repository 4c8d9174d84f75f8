using System.Net;
using System.Runtime.ExceptionServices;
using B2Sdk.Wire;

namespace B2Sdk.Sessions;

internal sealed partial class Session
{
    /// <summary>Starts a large file. Each answer leaves an unfinished file behind, so after a failure that may have come too late it is first looked for, and only then asked for again.</summary>
    /// <param name="request">How to start it.</param>
    /// <param name="findStarted">
    /// Looks once for what an attempt left behind; given that attempt's start by B2's clock, and the authorization to ask with. Null when there surely is nothing; it throws what is not
    /// transient when that cannot be told.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<FileVersion> StartLargeFileAsync(
        StartLargeFileRequest request,
        Func<DateTimeOffset, AccountAuthorization, Task<FileVersion?>> findStarted,
        CancellationToken cancellationToken
    )
    {
        var start = LargeFileEndpoints.Start;
        var allowed = (await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false)).Allowed;
        Unauthorized.Check(allowed, start.Reach(request), start.Operation, start.Subject(request), start.Requires(request));
        B2Exception? unanswered = null;
        var startedAt = ServerTime;
        var canTell = true;
        try
        {
            return await RunAsync(
                    StartOrFindAsync,
                    new()
                    {
                        Name = start.Operation,
                        Requires = start.Requires(request),
                        IsRepeatable = () => canTell,
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (B2Exception) when (unanswered is not null && canTell)
        {
            // The last answer was lost, too: what it would have said can still be seen.
            var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
            if (await FindAsync(authorization, mayBeBusy: true).ConfigureAwait(false) is { } started)
            {
                return started;
            }
            throw;
        }

        async Task<FileVersion> StartOrFindAsync(AccountAuthorization? authorization, int number)
        {
            if (unanswered is { } failure)
            {
                if (await FindAsync(authorization!, mayBeBusy: false).ConfigureAwait(false) is { } started)
                {
                    return started;
                }
                if (!canTell)
                {
                    ExceptionDispatchInfo.Throw(failure);
                }
            }
            unanswered = null;
            startedAt = ServerTime;
            try
            {
                return await _wire
                    .CallAsync(start, authorization!.ApiUrl, authorization.AuthorizationToken, request, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (B2Exception e) when (MayHaveBeenActedOn(e) || e.Status == HttpStatusCode.OK)
            {
                unanswered = e;
                throw;
            }
        }

        async Task<FileVersion?> FindAsync(AccountAuthorization authorization, bool mayBeBusy)
        {
            try
            {
                return await findStarted(startedAt, authorization).ConfigureAwait(false);
            }
            catch (B2Exception e) when (mayBeBusy || !(e.IsTransient || IsRefusedToken(e)))
            {
                canTell = false;
                return null;
            }
        }
    }
}
