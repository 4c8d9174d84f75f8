using System.Collections.Concurrent;
using System.Net;
using B2Sdk.Diagnostics;
using B2Sdk.Sessions;
using B2Sdk.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace B2Sdk.Transfer;

/// <summary>Turns the bytes of a source into one upload, or into the parts of a large file.</summary>
internal sealed class Uploader(Session session, B2ApiOptions options)
{
    private static readonly TimeSpan CancelWithin = TimeSpan.FromSeconds(10);
    private readonly ILogger _log = options.LoggerFactory?.CreateLogger("B2Sdk.Upload") ?? NullLogger.Instance;

    /// <summary>Uploads a source that can be read at any place.</summary>
    public async Task<FileVersion> UploadAsync(UploadJob job, UploadSource source, CancellationToken cancellationToken)
    {
        CheckLength(job, source.Length);
        if (source.Length <= job.PartSizeFor(source.Length) || source.Length <= job.MinimumPartSize)
        {
            return await UploadSmallAsync(job, source, cancellationToken).ConfigureAwait(false);
        }
        var partSize = job.PartSizeFor(source.Length);
        var parts = Enumerable
            .Range(0, PartSizes.Count(source.Length, partSize))
            .Select(index => new Part(index + 1, source, index * partSize, Math.Min(partSize, source.Length - index * partSize)));
        return await UploadLargeAsync(job, parts.ToAsyncEnumerable(), source.Length, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Uploads a stream that gives its bytes once. Each part is held in memory until B2 has acknowledged it.</summary>
    public async Task<FileVersion> UploadOnceReadableAsync(UploadJob job, Stream stream, long? length, CancellationToken cancellationToken)
    {
        CheckLength(job, length);
        var partSize = job.PartSizeFor(length);
        if (partSize > PartSizes.MaxPartInMemory && (length ?? long.MaxValue) > PartSizes.MaxPartInMemory)
        {
            throw new ArgumentException(
                $"Parts of {partSize} bytes cannot be held in memory, and this stream can be read only once. State a part size of up to {PartSizes.MaxPartInMemory} bytes.",
                nameof(job)
            );
        }
        using var reader = new PartReader(stream, length, partSize);
        var first = await reader.ReadFirstAsync(cancellationToken).ConfigureAwait(false);
        if (reader.IsAtEnd)
        {
            return await UploadSmallAsync(job, first, cancellationToken).ConfigureAwait(false);
        }
        return await UploadLargeAsync(job, reader.ReadAllAsync(first, cancellationToken), length, cancellationToken).ConfigureAwait(false);
    }

    private static void CheckLength(UploadJob job, long? length)
    {
        if (job.Options.Length is { } promised && length is { } actual && promised != actual)
        {
            throw new ArgumentException($"The options promise {promised} bytes, and the source has {actual}.", nameof(job));
        }
        if (length > PartSizes.MaxFileSize)
        {
            throw new ArgumentException($"The source has {length} bytes; B2 keeps files of up to {PartSizes.MaxFileSize}.", nameof(job));
        }
    }

    private async Task<FileVersion> UploadSmallAsync(UploadJob job, UploadSource source, CancellationToken cancellationToken)
    {
        var meter = new ProgressMeter(job.Options.Progress, source.Length);
        PartContent? last = null;
        var file = await session
            .UploadFileAsync(
                job.BucketId,
                job.Headers,
                () => last = new PartContent(source, 0, source.Length, Unconfirmed(meter, 1, source.Length), job.Options.ContentSha1),
                (body, startedAt) => FindStoredAsync(job, body, startedAt, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        Confirm(job, file, last!);
        if (source.Length == 0)
        {
            meter.ReportEmpty();
        }
        meter.Report(1, source.Length);
        return file;
    }

    private async Task<FileVersion> UploadLargeAsync(
        UploadJob job,
        IAsyncEnumerable<Part> parts,
        long? length,
        CancellationToken cancellationToken
    )
    {
        var meter = new ProgressMeter(job.Options.Progress, length);
        var started = await session
            .CallAsync(LargeFileEndpoints.Start, job.LargeFileHeaders.ToStartRequest(job.BucketId), cancellationToken)
            .ConfigureAwait(false);
        var fileId =
            started.FileId
            ?? throw Failures.UnreadableAnswer(
                HttpStatusCode.OK,
                LargeFileEndpoints.Start.Operation,
                job.FileName,
                "has no fileId",
                cause: null
            );
        try
        {
            var digests = new ConcurrentDictionary<int, string>();
            long total = 0;
            await Parallel
                .ForEachAsync(
                    parts,
                    new ParallelOptions { MaxDegreeOfParallelism = job.Options.Concurrency, CancellationToken = cancellationToken },
                    async (part, stop) =>
                    {
                        using (part)
                        {
                            digests[part.Number] = await UploadPartAsync(fileId, part, meter, stop).ConfigureAwait(false);
                            Interlocked.Add(ref total, part.Length);
                        }
                    }
                )
                .ConfigureAwait(false);
            var ordered = digests.OrderBy(digest => digest.Key).Select(digest => digest.Value).ToList();
            var file = await FinishAsync(fileId, ordered, cancellationToken).ConfigureAwait(false);
            return file.SizeInBytes == total ? file : throw NotWhatWasSent(job, $"{file.SizeInBytes} bytes instead of {total}");
        }
        catch (Exception)
        {
            await CancelAsync(fileId).ConfigureAwait(false);
            throw;
        }
        finally
        {
            session.ForgetUploadUrls(fileId);
        }
    }

    private async Task<string> UploadPartAsync(string fileId, Part part, ProgressMeter meter, CancellationToken cancellationToken)
    {
        PartContent? last = null;
        var answer = await session
            .UploadPartAsync(
                fileId,
                part.Number,
                () => last = new PartContent(part.Source, part.Offset, part.Length, Unconfirmed(meter, part.Number, part.Length)),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (answer.ContentLength != part.Length || answer.PartNumber != part.Number || !IsSame(answer.ContentSha1, last!.Sha1))
        {
            throw new B2ChecksumException(
                $"B2 acknowledged part {answer.PartNumber} with {answer.ContentLength} bytes and the SHA-1 {answer.ContentSha1}, "
                    + $"but part {part.Number} with {part.Length} bytes and the SHA-1 {last!.Sha1} was sent."
            );
        }
        meter.Report(part.Number, part.Length);
        return last!.Sha1!;
    }

    /// <summary>Finishes. When the answer was lost, the file tells whether it is finished.</summary>
    private async Task<FileVersion> FinishAsync(string fileId, IReadOnlyList<string> digests, CancellationToken cancellationToken)
    {
        try
        {
            return await session
                .CallAsync(LargeFileEndpoints.Finish, new() { FileId = fileId, PartSha1Array = digests }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (B2Exception e) when (e.IsTransient || (e.Attempts > 1 && e.Status == HttpStatusCode.BadRequest))
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

    private async Task CancelAsync(string fileId)
    {
        using var limit = new CancellationTokenSource(CancelWithin, options.TimeProvider);
        try
        {
            await session.CallAsync(LargeFileEndpoints.Cancel, new() { FileId = fileId }, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is B2Exception or OperationCanceledException or MissingAccountDataException)
        {
            Log.UnfinishedFileLeft(_log, fileId, e.Message);
        }
    }

    /// <summary>Looks for a version that can only be the one whose acknowledgement was lost: same bytes, same info, stored since.</summary>
    private async Task<FileVersion?> FindStoredAsync(
        UploadJob job,
        PartContent body,
        DateTimeOffset startedAt,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var request = new ListFileVersionsRequest
            {
                BucketId = job.BucketId,
                StartFileName = job.FileName,
                Prefix = job.FileName,
                MaxFileCount = 100,
            };
            var page = await session.CallAsync(FileEndpoints.ListVersions, request, cancellationToken).ConfigureAwait(false);
            // B2 dates versions in whole seconds, and its clock is known only to about a second.
            var since = startedAt - TimeSpan.FromSeconds(2);
            return page.Files.FirstOrDefault(file =>
                file.FileName == job.FileName
                && file.Action == FileAction.Upload
                && file.SizeInBytes == body.Length
                && IsSame(file.ContentSha1, body.Sha1)
                && HasInfo(file, job.Headers.FileInfo)
                && file.UploadTimestamp >= (job.Options.CustomUploadTimestamp ?? since)
            );
        }
        catch (B2Exception)
        {
            // Not allowed to look, or not able to: then the upload is simply made again.
            return null;
        }
    }

    private static bool HasInfo(FileVersion file, IReadOnlyDictionary<string, string> info) =>
        file.FileInfo.Count == info.Count
        && info.All(entry => file.FileInfo.TryGetValue(entry.Key.ToLowerInvariant(), out var value) && value == entry.Value);

    private static void Confirm(UploadJob job, FileVersion file, PartContent sent)
    {
        if (file.FileName != job.FileName)
        {
            throw NotWhatWasSent(job, $"the name '{file.FileName}'");
        }
        if (file.SizeInBytes != sent.Length)
        {
            throw NotWhatWasSent(job, $"{file.SizeInBytes} bytes instead of {sent.Length}");
        }
        if (!IsSame(file.ContentSha1, sent.Sha1))
        {
            throw NotWhatWasSent(job, $"the SHA-1 {file.ContentSha1} instead of {sent.Sha1}");
        }
    }

    private static B2ChecksumException NotWhatWasSent(UploadJob job, string what) =>
        new($"B2 acknowledged '{job.FileName}' with {what}. The stored version is not what was sent; do not rely on it.");

    private static bool IsSame(string? acknowledged, string? sent) =>
        acknowledged is not null
        && sent is not null
        && acknowledged
            .AsSpan(acknowledged.StartsWith("unverified:", StringComparison.Ordinal) ? "unverified:".Length : 0)
            .Equals(sent, StringComparison.OrdinalIgnoreCase);

    // The last byte counts only when B2 has acknowledged all of them.
    private static Action<long> Unconfirmed(ProgressMeter meter, int part, long length) =>
        sent => meter.Report(part, Math.Min(sent, length - 1));
}
