using System.Collections.Concurrent;
using System.Net;
using B2Sdk.Sessions;
using B2Sdk.Wire;

namespace B2Sdk.Transfer;

/// <summary>Copies inside B2: in one call where that may be, in parts where the copy is too large for one.</summary>
internal sealed class Copier(Session session, B2ApiOptions options)
{
    private readonly LargeFileJob _large = new(session, options);

    public async Task<FileVersion> CopyAsync(
        string bucketId,
        string sourceFileId,
        string fileName,
        CopyOptions copyOptions,
        CancellationToken cancellationToken
    )
    {
        var account = await session.GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        var job = new CopyJob(bucketId, sourceFileId, fileName, copyOptions, account);
        if (job.NeedsSource)
        {
            await FindSourceAsync(job, cancellationToken).ConfigureAwait(false);
        }
        if (job.IsLarge)
        {
            return await CopyPartsAsync(job, cancellationToken).ConfigureAwait(false);
        }
        try
        {
            var copy = await session.CallAsync(FileEndpoints.Copy, job.ToRequest(), cancellationToken).ConfigureAwait(false);
            Confirm(job, copy);
            new ProgressMeter(copyOptions.Progress, copy.SizeInBytes).Report(1, copy.SizeInBytes);
            return copy;
        }
        catch (B2Exception e) when (e.Code == B2ErrorCode.SourceTooLarge)
        {
            await FindSourceAsync(job, cancellationToken).ConfigureAwait(false);
            return await CopyPartsAsync(job, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FindSourceAsync(CopyJob job, CancellationToken cancellationToken)
    {
        var source =
            job.Source
            ?? await session.CallAsync(FileEndpoints.GetInfo, new() { FileId = job.SourceFileId }, cancellationToken).ConfigureAwait(false);
        if (job.Options.Range is { } range && range.Start >= source.SizeInBytes)
        {
            throw new B2Exception(
                $"The stretch {range} begins behind the end of '{source.FileName}' ({job.SourceFileId}), which has {source.SizeInBytes} bytes.",
                null,
                new()
                {
                    Status = HttpStatusCode.RequestedRangeNotSatisfiable,
                    Code = B2ErrorCode.RangeNotSatisfiable,
                    Operation = FileEndpoints.Copy.Operation,
                    Subject = job.FileName,
                }
            );
        }
        job.Source = source;
    }

    private async Task<FileVersion> CopyPartsAsync(CopyJob job, CancellationToken cancellationToken)
    {
        var copy = await _large
            .RunAsync(job.ToStartRequest(), fileId => CopyPartsAsync(job, fileId, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        Confirm(job, copy);
        return copy;
    }

    private async Task<IReadOnlyList<string>> CopyPartsAsync(CopyJob job, string fileId, CancellationToken cancellationToken)
    {
        var length = job.Length!.Value;
        var start = job.Range?.Start ?? 0;
        var partSize = job.PartSize(length);
        var digests = new ConcurrentDictionary<int, string>();
        var meter = new ProgressMeter(job.Options.Progress, length);
        await Parallel
            .ForAsync(
                0,
                PartSizes.Count(length, partSize),
                new ParallelOptions { MaxDegreeOfParallelism = job.Options.Concurrency, CancellationToken = cancellationToken },
                async (index, stop) =>
                {
                    var size = Math.Min(partSize, length - index * partSize);
                    var range = new ByteRange(start + index * partSize, start + index * partSize + size - 1);
                    var part = await session
                        .CallAsync(LargeFileEndpoints.CopyPart, job.ToPartRequest(fileId, index + 1, range), stop)
                        .ConfigureAwait(false);
                    if (part.SizeInBytes != size || part.PartNumber != index + 1 || part.ContentSha1 is null)
                    {
                        throw new B2ChecksumException(
                            $"B2 acknowledged part {part.PartNumber} of the copy '{job.FileName}' with {part.SizeInBytes} bytes and the SHA-1 {part.ContentSha1}, but part {index + 1} has {size} bytes."
                        );
                    }
                    digests[part.PartNumber] = part.ContentSha1;
                    meter.Report(part.PartNumber, size);
                }
            )
            .ConfigureAwait(false);
        return [.. digests.OrderBy(digest => digest.Key).Select(digest => digest.Value)];
    }

    private static void Confirm(CopyJob job, FileVersion copy)
    {
        if (copy.FileName != job.FileName || (job.Length is { } length && copy.SizeInBytes != length))
        {
            throw new B2ChecksumException(
                $"B2 acknowledged the copy '{job.FileName}' of {job.Length} bytes as '{copy.FileName}' with {copy.SizeInBytes} bytes; do not rely on it."
            );
        }
    }
}
