using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using B2Sdk.Sessions;
using B2Sdk.Wire;

namespace B2Sdk.Transfer;

/// <summary>Turns the bytes of a source into one upload, or into the parts of a large file.</summary>
internal sealed class Uploader(Session session, B2ApiOptions options)
{
    private const int BufferSize = 256 * 1024;

    // What callers call it whose upload is refused.
    private const string OptionsName = "options";
    private readonly LargeFileJob _large = new(session, options);

    /// <summary>Uploads a source that can be read at any place.</summary>
    public async Task<FileVersion> UploadAsync(UploadJob job, UploadSource source, CancellationToken cancellationToken)
    {
        CheckLength(job, source.Length, OptionsName);
        if (source.Length <= job.PartSizeFor(source.Length) || source.Length <= job.MinimumPartSize)
        {
            return await UploadSmallAsync(job, source, cancellationToken).ConfigureAwait(false);
        }
        if (job.Options.ContentSha1 is not null)
        {
            // Nobody checks the whole of a large file at the far side, so it is read before a byte of it is sent.
            CheckSha1(job, await Sha1OfAsync(source, cancellationToken).ConfigureAwait(false));
        }
        var partSize = job.PartSizeFor(source.Length);
        var parts = Enumerable
            .Range(0, PartSizes.Count(source.Length, partSize))
            .Select(index => new Part(index + 1, source, index * partSize, Math.Min(partSize, source.Length - index * partSize)));
        return await UploadLargeAsync(job, parts.ToAsyncEnumerable(), source.Length, checkWhole: static () => { }, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Uploads a stream that gives its bytes once. Each part is held in memory until B2 has acknowledged it.</summary>
    public async Task<FileVersion> UploadOnceReadableAsync(UploadJob job, Stream stream, long? length, CancellationToken cancellationToken)
    {
        CheckLength(job, length, OptionsName);
        var partSize = job.PartSizeFor(length);
        CheckPartSize(partSize, length, OptionsName);
        using var reader = new PartReader(stream, length, partSize, hashes: job.Options.ContentSha1 is not null);
        var first = await reader.ReadFirstAsync(cancellationToken).ConfigureAwait(false);
        if (reader.IsAtEnd)
        {
            return await UploadSmallAsync(job, first, cancellationToken).ConfigureAwait(false);
        }
        return await UploadLargeAsync(
                job,
                reader.ReadAllAsync(first, cancellationToken),
                length,
                () => CheckSha1(job, reader.TakeSha1()),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static void CheckLength(UploadJob job, long? length, string parameterName)
    {
        if (job.Options.Length is { } promised && length is { } actual && promised != actual)
        {
            throw new ArgumentException($"The options promise {promised} bytes, and the source has {actual}.", parameterName);
        }
        if (length > PartSizes.MaxFileSize)
        {
            throw new ArgumentException($"The source has {length} bytes; B2 keeps files of up to {PartSizes.MaxFileSize}.", parameterName);
        }
    }

    private static void CheckPartSize(long partSize, long? length, string parameterName)
    {
        if (partSize > PartSizes.MaxPartInMemory && (length ?? long.MaxValue) > PartSizes.MaxPartInMemory)
        {
            throw new ArgumentException(
                $"Parts of {partSize} bytes cannot be held in memory, and this stream can be read only once. State a part size of up to {PartSizes.MaxPartInMemory} bytes.",
                parameterName
            );
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
                (body, startedAt, account) => FindStoredAsync(job, body, startedAt, account, cancellationToken),
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
        Action checkWhole,
        CancellationToken cancellationToken
    )
    {
        long total = 0;
        var file = await _large
            .RunAsync(
                job.LargeFileHeaders().ToStartRequest(job.BucketId),
                async fileId =>
                {
                    var meter = new ProgressMeter(job.Options.Progress, length);
                    (total, var digests) = await UploadPartsAsync(job, fileId, parts, meter, cancellationToken).ConfigureAwait(false);
                    checkWhole();
                    return digests;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        ConfirmLarge(job, file, total);
        return file;
    }

    private async Task<(long Total, IReadOnlyList<string> Digests)> UploadPartsAsync(
        UploadJob job,
        string fileId,
        IAsyncEnumerable<Part> parts,
        ProgressMeter meter,
        CancellationToken cancellationToken
    )
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
                        digests[part.Number] = await UploadPartAsync(job, fileId, part, meter, stop).ConfigureAwait(false);
                        Interlocked.Add(ref total, part.Length);
                    }
                }
            )
            .ConfigureAwait(false);
        return (total, [.. digests.OrderBy(digest => digest.Key).Select(digest => digest.Value)]);
    }

    private async Task<string> UploadPartAsync(
        UploadJob job,
        string fileId,
        Part part,
        ProgressMeter meter,
        CancellationToken cancellationToken
    )
    {
        PartContent? last = null;
        var answer = await session
            .UploadPartAsync(
                fileId,
                part.Number,
                job.Headers.Encryption,
                () => last = new PartContent(part.Source, part.Offset, part.Length, Unconfirmed(meter, part.Number, part.Length)),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (answer.SizeInBytes != part.Length || answer.PartNumber != part.Number || !IsSame(answer.ContentSha1, last!.Sha1))
        {
            throw new B2ChecksumException(
                $"B2 acknowledged part {answer.PartNumber} with {answer.SizeInBytes} bytes and the SHA-1 {answer.ContentSha1}, "
                    + $"but part {part.Number} with {part.Length} bytes and the SHA-1 {last!.Sha1} was sent."
            );
        }
        meter.Report(part.Number, part.Length);
        return last!.Sha1!;
    }

    /// <summary>Looks for a version that can only be the one whose acknowledgement was lost: same bytes, same info, stored since.</summary>
    private async Task<FileVersion?> FindStoredAsync(
        UploadJob job,
        PartContent body,
        DateTimeOffset startedAt,
        AccountAuthorization account,
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
            var page = await session.CallOnceAsync(FileEndpoints.ListVersions, request, account, cancellationToken).ConfigureAwait(false);
            // B2 dates versions in whole seconds, and its clock is known only to about a second.
            var since = startedAt - TimeSpan.FromSeconds(2);
            return page.Files.FirstOrDefault(file =>
                file.FileName == job.FileName
                && file.Action == FileAction.Upload
                && file.SizeInBytes == body.Length
                && IsSame(file.ContentSha1, body.Sha1)
                && FileInfoKeys.IsSame(file.FileInfo, job.Headers.FileInfo)
                && (job.Options.ContentType is null || file.ContentType == job.Options.ContentType)
                && file.UploadTimestamp >= (job.Options.CustomUploadTimestamp ?? since)
            );
        }
        catch (B2Exception e) when (!e.IsTransient && e.Status != HttpStatusCode.Unauthorized)
        {
            // Not able to look: then the upload is simply made again.
            return null;
        }
        catch (B2Exception e) when (e.Code == B2ErrorCode.Unauthorized)
        {
            // Not allowed to look: the same.
            return null;
        }
    }

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
            throw NotWhatWasSent(job, $"{(file.ContentSha1 is { } sha1 ? $"the SHA-1 {sha1}" : "no SHA-1")} instead of {sent.Sha1}");
        }
        if (file.Action != FileAction.Upload)
        {
            throw NotWhatWasSent(job, $"the action '{file.Action}'");
        }
    }

    private static void ConfirmLarge(UploadJob job, FileVersion file, long sent)
    {
        if (file.FileName != job.FileName)
        {
            throw NotWhatWasSent(job, $"the name '{file.FileName}'");
        }
        if (file.SizeInBytes != sent)
        {
            throw NotWhatWasSent(job, $"{file.SizeInBytes} bytes instead of {sent}");
        }
        if (file.Action != FileAction.Upload)
        {
            throw NotWhatWasSent(job, $"the action '{file.Action}'");
        }
    }

    private static void CheckSha1(UploadJob job, string? actual)
    {
        if (job.Options.ContentSha1 is { } expected && !IsSame(actual, expected))
        {
            throw new B2ChecksumException($"The content has the SHA-1 {actual}, not {expected} as it should; nothing of it was stored.");
        }
    }

    private static async Task<string> Sha1OfAsync(UploadSource source, CancellationToken cancellationToken)
    {
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var buffer = new byte[BufferSize];
        int read;
        for (
            long position = 0;
            (read = await source.ReadAsync(position, buffer, cancellationToken).ConfigureAwait(false)) > 0;
            position += read
        )
        {
            sha1.AppendData(buffer, 0, read);
        }
        source.EnsureUnchanged();
        return Convert.ToHexStringLower(sha1.GetHashAndReset());
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
