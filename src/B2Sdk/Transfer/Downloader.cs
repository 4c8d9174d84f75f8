using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using B2Sdk.Sessions;

namespace B2Sdk.Transfer;

/// <summary>Turns a version into a stream or a local file.</summary>
/// <remarks>
/// To a file: (1) the first answer tells the size and pins the version; (2) what is left is asked for in segments, several at a time, each written at its own place of a private temporary
/// file; (3) the segments are hashed in order as they become whole; (4) only what is proven and flushed gets the final name.
/// </remarks>
internal sealed class Downloader(Session session)
{
    private const int BufferSize = 256 * 1024;
    private const long SegmentSize = 32 * 1024 * 1024;

    public async Task<DownloadedFile> ToStreamAsync(
        DownloadTarget target,
        Stream destination,
        DownloadOptions options,
        CancellationToken cancellationToken
    )
    {
        Validate(options);
        using var body = await ResumingBody.OpenAsync(session, target, options.Range, cancellationToken).ConfigureAwait(false);
        return await ToStreamAsync(body, destination, options, cancellationToken).ConfigureAwait(false);
    }

    public async Task<byte[]> ToBytesAsync(DownloadTarget target, DownloadOptions options, CancellationToken cancellationToken)
    {
        Validate(options);
        using var body = await ResumingBody.OpenAsync(session, target, options.Range, cancellationToken).ConfigureAwait(false);
        var length = body.End - body.Position;
        if (length > Array.MaxLength)
        {
            throw new IOException(
                $"'{body.File.FileName}' has {length} bytes to download; an array holds up to {Array.MaxLength}. Download it to a file or a stream."
            );
        }
        var bytes = new byte[length];
        using var memory = new MemoryStream(bytes);
        await ToStreamAsync(body, memory, options, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private static async Task<DownloadedFile> ToStreamAsync(
        ResumingBody body,
        Stream destination,
        DownloadOptions options,
        CancellationToken cancellationToken
    )
    {
        var start = body.Position;
        var meter = new ProgressMeter(options.Progress, body.End - start);
        var digest = DigestOf(body.File, options);
        using var sha1 = digest.Sha1 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        await CopyAsync(
                body,
                async piece =>
                {
                    sha1?.AppendData(piece.Span);
                    await destination.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
                    meter.Report(1, body.Position - start);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return Prove(body.File, digest, sha1, body.End - start, meter);
    }

    public async Task<DownloadedFile> ToFileAsync(
        DownloadTarget target,
        string localFile,
        DownloadOptions options,
        CancellationToken cancellationToken
    )
    {
        Validate(options);
        if (await LocalFiles.OpenSpecialAsync(localFile, cancellationToken).ConfigureAwait(false) is { } special)
        {
            await using (special.ConfigureAwait(false))
            {
                return await ToStreamAsync(target, special, options, cancellationToken).ConfigureAwait(false);
            }
        }

        using var first = await OpenFirstAsync(target, options, cancellationToken).ConfigureAwait(false); // (1)
        using var temporary = LocalFiles.CreateTemporary(localFile);
        var result = await WriteAsync(first, temporary, options, cancellationToken).ConfigureAwait(false);
        temporary.Commit(first.File.LastModified); // (4)
        return result;
    }

    public async Task<DownloadStream> OpenReadAsync(DownloadTarget target, DownloadOptions options, CancellationToken cancellationToken)
    {
        Validate(options);
        var body = await ResumingBody.OpenAsync(session, target, options.Range, cancellationToken).ConfigureAwait(false);
        return new(session, body, options);
    }

    private static void Validate(DownloadOptions options)
    {
        options.Range?.Validate(nameof(options));
        options.Encryption?.ValidateForReading("encryption", nameof(options));
        if (options.Concurrency is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"The concurrency is {options.Concurrency}; it is 1 to 100.");
        }
    }

    /// <summary>Opens the first segment of what is wanted; its answer tells how much there is in all.</summary>
    private async Task<ResumingBody> OpenFirstAsync(DownloadTarget target, DownloadOptions options, CancellationToken cancellationToken)
    {
        var start = options.Range?.Start ?? 0;
        var last = Math.Min(options.Range?.End ?? long.MaxValue, Math.Min(start, long.MaxValue - SegmentSize) + SegmentSize - 1);
        try
        {
            return await ResumingBody.OpenAsync(session, target, new ByteRange(start, last), cancellationToken).ConfigureAwait(false);
        }
        catch (B2Exception e) when (options.Range is null && e.Status == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // An empty file has no range at all.
            return await ResumingBody.OpenAsync(session, target, range: null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DownloadedFile> WriteAsync(
        ResumingBody first,
        LocalFiles.TemporaryFile file,
        DownloadOptions options,
        CancellationToken cancellationToken
    )
    {
        var start = first.Position;
        var end = options.Range?.EndIn(first.File.SizeInBytes) ?? first.File.SizeInBytes;
        var meter = new ProgressMeter(options.Progress, end - start);
        var digest = DigestOf(first.File, options);
        using var sha1 = digest.Sha1 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        if (first.End >= end || first.TryReadTo(end))
        {
            // What comes in one answer is hashed as it passes by.
            await WriteSegmentAsync(first, file, start, 0, meter, sha1, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await WriteSegmentsAsync(first, file, end, options.Concurrency, meter, sha1, cancellationToken).ConfigureAwait(false);
        }
        return Prove(first.File, digest, sha1, end - start, meter);
    }

    private async Task WriteSegmentsAsync(
        ResumingBody first,
        LocalFiles.TemporaryFile file,
        long end,
        int concurrency,
        ProgressMeter meter,
        IncrementalHash? sha1,
        CancellationToken cancellationToken
    )
    {
        var start = first.Position;
        var count = PartSizes.Count(end - start, SegmentSize);
        var written = Enumerable.Range(0, count).Select(_ => new TaskCompletionSource()).ToArray();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hashing = HashInOrderAsync(file, written, end - start, sha1, failed.Token);
        try
        {
            await Parallel
                .ForAsync(
                    0,
                    count,
                    new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
                    async (index, stop) =>
                    {
                        var from = start + index * SegmentSize;
                        var range = new ByteRange(from, Math.Min(from + SegmentSize, end) - 1);
                        using var opened =
                            index == 0
                                ? null
                                : await ResumingBody.OpenAsync(session, first.Pinned, range, stop, first.File).ConfigureAwait(false);
                        await WriteSegmentAsync(opened ?? first, file, start, index, meter, sha1: null, stop).ConfigureAwait(false); // (2)
                        written[index].SetResult();
                    }
                )
                .ConfigureAwait(false);
            await hashing.ConfigureAwait(false);
        }
        catch
        {
            await failed.CancelAsync().ConfigureAwait(false);
            await hashing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private static Task WriteSegmentAsync(
        ResumingBody body,
        LocalFiles.TemporaryFile file,
        long fileStart,
        int index,
        ProgressMeter meter,
        IncrementalHash? sha1,
        CancellationToken cancellationToken
    )
    {
        var segmentStart = body.Position;
        return CopyAsync(
            body,
            async piece =>
            {
                sha1?.AppendData(piece.Span);
                await file.WriteAsync(piece, body.Position - piece.Length - fileStart, cancellationToken).ConfigureAwait(false);
                meter.Report(index, body.Position - segmentStart);
            },
            cancellationToken
        );
    }

    /// <summary>Reads back what is whole, in order, while later segments still travel. (3)</summary>
    private static async Task HashInOrderAsync(
        LocalFiles.TemporaryFile file,
        TaskCompletionSource[] written,
        long length,
        IncrementalHash? sha1,
        CancellationToken cancellationToken
    )
    {
        if (sha1 is null)
        {
            return;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long position = 0;
            for (var index = 0; index < written.Length; index++)
            {
                await written[index].Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                var end = Math.Min((index + 1) * SegmentSize, length);
                while (position < end)
                {
                    var wanted = (int)Math.Min(buffer.Length, end - position);
                    var read = await RandomAccess
                        .ReadAsync(file.Handle, buffer.AsMemory(0, wanted), position, cancellationToken)
                        .ConfigureAwait(false);
                    if (read == 0)
                    {
                        throw new B2ChecksumException("The temporary file was cut off by somebody else while it was written.");
                    }
                    sha1.AppendData(buffer, 0, read);
                    position += read;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task CopyAsync(ResumingBody body, Func<ReadOnlyMemory<byte>, Task> take, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(body.End - body.Position, 1, BufferSize));
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await take(buffer.AsMemory(0, read)).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ContentDigest DigestOf(FileVersion file, DownloadOptions options)
    {
        var isWhole = options.Range is not { } range || range.IsAllOf(file.SizeInBytes);
        return options.VerifyContent && isWhole ? ContentDigest.Of(file) : new(null, ContentVerification.None);
    }

    private static DownloadedFile Prove(FileVersion file, ContentDigest digest, IncrementalHash? sha1, long length, ProgressMeter meter)
    {
        if (sha1 is not null)
        {
            digest.Check(Convert.ToHexStringLower(sha1.GetHashAndReset()), file);
        }
        if (length == 0)
        {
            meter.ReportEmpty();
        }
        return new()
        {
            File = file,
            BytesWritten = length,
            Verification = digest.Kind,
        };
    }
}
