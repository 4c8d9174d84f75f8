using System.Net;
using B2Sdk.Diagnostics;
using B2Sdk.Sessions;
using B2Sdk.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace B2Sdk.Transfer;

/// <summary>The life of a large file: started, filled with parts by somebody, and finished; or given up when anything fails.</summary>
internal sealed class LargeFileJob(Session session, B2ApiOptions options)
{
    private static readonly TimeSpan CancelWithin = TimeSpan.FromSeconds(10);

    // Whoever cancels waits for it; what is not canceled by then stays, and is logged.
    private static readonly TimeSpan CancelForCallerWithin = TimeSpan.FromMilliseconds(800);
    private readonly ILogger _log = options.LoggerFactory?.CreateLogger("B2Sdk.Upload") ?? NullLogger.Instance;

    /// <summary>Makes a large file.</summary>
    /// <param name="request">How to start it.</param>
    /// <param name="fillAsync">Given its id, fills it, and returns the SHA-1 of each part in order.</param>
    /// <param name="cancellationToken">Ends it; what was begun is canceled.</param>
    public async Task<FileVersion> RunAsync(
        StartLargeFileRequest request,
        Func<string, Task<IReadOnlyList<string>>> fillAsync,
        CancellationToken cancellationToken
    )
    {
        var started = await session
            .StartLargeFileAsync(
                request,
                (startedAt, account) => FindStartedAsync(request, startedAt, account, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        var fileId = started.FileId is { Length: > 0 } id
            ? id
            : throw Failures.UnreadableAnswer(
                HttpStatusCode.OK,
                LargeFileEndpoints.Start.Operation,
                request.FileName,
                "has no fileId",
                cause: null
            );
        try
        {
            var digests = await fillAsync(fileId).ConfigureAwait(false);
            return await FinishAsync(fileId, digests, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await CancelAsync(fileId, cancellationToken).ConfigureAwait(false);
            throw;
        }
        finally
        {
            session.ForgetUploadUrls(fileId);
        }
    }

    /// <summary>
    /// Looks for an unfinished file that can only be the one whose start was not acknowledged: the only one of its name since then, just as it was asked for, and without a part, as
    /// somebody else's would soon have.
    /// </summary>
    private async Task<FileVersion?> FindStartedAsync(
        StartLargeFileRequest request,
        DateTimeOffset startedAt,
        AccountAuthorization account,
        CancellationToken cancellationToken
    )
    {
        var list = new ListUnfinishedLargeFilesRequest
        {
            BucketId = request.BucketId,
            NamePrefix = request.FileName,
            MaxFileCount = 100,
        };
        var page = await session.CallOnceAsync(LargeFileEndpoints.ListUnfinished, list, account, cancellationToken).ConfigureAwait(false);
        // B2 dates in whole seconds, and its clock is known only to about a second.
        var since = startedAt - TimeSpan.FromSeconds(2);
        List<FileVersion> sinceThen = [.. page.Files.Where(file => file.FileName == request.FileName && file.UploadTimestamp >= since)];
        // A page that is full does not show all, and a stated time tells nothing.
        var showsAll = page.NextFileId is null && request.CustomUploadTimestamp is null;
        if (showsAll && sinceThen.Count == 0)
        {
            return null;
        }
        if (showsAll && sinceThen is [var only] && IsAsAsked(only, request))
        {
            var parts = await session
                .CallOnceAsync(LargeFileEndpoints.ListParts, new() { FileId = only.FileId, MaxPartCount = 1 }, account, cancellationToken)
                .ConfigureAwait(false);
            if (parts.Parts.Count == 0)
            {
                return only;
            }
        }
        throw Failures.Undecided(LargeFileEndpoints.Start.Operation, request.FileName);
    }

    private static bool IsAsAsked(FileVersion file, StartLargeFileRequest request) =>
        FileInfoKeys.IsSame(file.FileInfo, request.FileInfo ?? new Dictionary<string, string>())
        && (request.ContentType == UploadHeaders.AutomaticType || file.ContentType == request.ContentType)
        && (request.ServerSideEncryption is not { } encryption || file.ServerSideEncryption?.Mode?.ToString() == encryption.Mode)
        && (request.FileRetention is null || file.FileRetention?.Value == request.FileRetention)
        && (request.LegalHold is null || file.LegalHold?.Value == request.LegalHold);

    /// <summary>Finishes. When the answer was lost, the file tells whether it is finished.</summary>
    private async Task<FileVersion> FinishAsync(string fileId, IReadOnlyList<string> digests, CancellationToken cancellationToken)
    {
        try
        {
            return await session
                .CallAsync(LargeFileEndpoints.Finish, new() { FileId = fileId, PartSha1Array = digests }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (B2Exception e)
            when (e.IsTransient || e.Status == HttpStatusCode.OK || (e.FollowsLostAnswer && e.Status == HttpStatusCode.BadRequest))
        {
            if (await FindFinishedAsync(fileId, cancellationToken).ConfigureAwait(false) is { } file)
            {
                return file;
            }
            throw;
        }
    }

    private async Task<FileVersion?> FindFinishedAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            var file = await session.CallAsync(FileEndpoints.GetInfo, new() { FileId = fileId }, cancellationToken).ConfigureAwait(false);
            return file.Action == FileAction.Upload ? file : null;
        }
        catch (B2Exception)
        {
            return null;
        }
    }

    private async Task CancelAsync(string fileId, CancellationToken callers)
    {
        using var limit = new CancellationTokenSource(
            callers.IsCancellationRequested ? CancelForCallerWithin : CancelWithin,
            options.TimeProvider
        );
        try
        {
            await session.CallAsync(LargeFileEndpoints.Cancel, new() { FileId = fileId }, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is B2Exception or OperationCanceledException or MissingAccountDataException)
        {
            Log.UnfinishedFileLeft(_log, fileId, e.Message);
        }
    }
}
