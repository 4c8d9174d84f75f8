using System.Net;
using B2Sdk.Sessions;
using B2Sdk.Wire;

namespace B2Sdk.Transfer;

/// <summary>
/// The bytes of one version, from one place to another. When the connection breaks it is opened again at the next byte, of the same version by its id: a version uploaded
/// meanwhile is never mixed in.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ResumingBody : IDisposable
{
    private readonly Session _session;
    private readonly DownloadTarget _pinned;
    private readonly RetryBudget _budget;
    private DownloadBody? _body;
    private long _toSkip;

    private ResumingBody(Session session, DownloadTarget pinned, RetryBudget budget, DownloadBody body, long position, long end)
    {
        _session = session;
        _pinned = pinned;
        _budget = budget;
        _body = body;
        File = body.File;
        Position = position;
        End = end;
        _toSkip = position - body.Start;
    }

    /// <summary>The version that is read.</summary>
    public FileVersion File { get; }

    /// <summary>The place in the file of the next byte.</summary>
    public long Position { get; private set; }

    /// <summary>The place in the file after the last byte.</summary>
    public long End { get; private set; }

    /// <summary>How to open the same version again.</summary>
    public DownloadTarget Pinned => _pinned;

    /// <summary>Opens a file, or a stretch of it. The stretch ends where the file does.</summary>
    /// <param name="session">The session.</param>
    /// <param name="target">The file.</param>
    /// <param name="range">The stretch; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="expected">The version that it must be; null for any.</param>
    public static async Task<ResumingBody> OpenAsync(
        Session session,
        DownloadTarget target,
        ByteRange? range,
        CancellationToken cancellationToken,
        FileVersion? expected = null
    )
    {
        var budget = session.NewBudget();
        var body = await session
            .OpenDownloadAsync(target.Url, range, target.Encryption, target.Operation, target.Subject, budget, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            var size = body.File.SizeInBytes;
            var start = range?.Start ?? 0;
            if (body.Start > start)
            {
                throw OtherBytes(target, $"from byte {body.Start} instead of {start}");
            }
            if (expected is not null && !IsSame(body.File, expected))
            {
                throw OtherBytes(target, $"of another version than before ({body.File.FileId})");
            }
            var pinned = body.File.FileId is { Length: > 0 } fileId
                ? DownloadTarget.ById(fileId, target.Subject, target.Encryption)
                : target;
            return new(session, pinned, budget, body, start, range?.EndIn(size) ?? size);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Reads on to there when the answer reaches that far by itself, as that of a service which ignores ranges does.</summary>
    public bool TryReadTo(long end)
    {
        if (_body is not { Length: { } length } || _body.Start + length < end)
        {
            return false;
        }
        End = end;
        return true;
    }

    /// <summary>Reads at least one byte; 0 only after the last one.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var left = End - Position;
        if (left <= 0 || buffer.Length == 0)
        {
            return 0;
        }
        if (buffer.Length > left)
        {
            buffer = buffer[..(int)left];
        }
        while (true)
        {
            try
            {
                _body ??= await ReopenAsync(cancellationToken).ConfigureAwait(false);
                await SkipAsync(_body, buffer, cancellationToken).ConfigureAwait(false);
                var read = await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read > 0)
                {
                    Position += read;
                    _budget.Refill();
                    return read;
                }
                throw Failures.UnreadableAnswer(
                    HttpStatusCode.OK,
                    _pinned.Operation,
                    _pinned.Subject,
                    $"ended at byte {Position} of {End}",
                    cause: null
                );
            }
            catch (OperationCanceledException)
            {
                // Whoever reads on gets a fresh connection.
                Close();
                throw;
            }
            catch (B2Exception e) when (e.IsTransient)
            {
                Close();
                await _session.WaitBeforeAgainAsync(_budget, e, atOnce: false, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => Close();

    private void Close()
    {
        _body?.Dispose();
        _body = null;
    }

    private async Task<DownloadBody> ReopenAsync(CancellationToken cancellationToken)
    {
        var body = await _session
            .OpenDownloadAsync(
                _pinned.Url,
                new ByteRange(Position, End - 1),
                _pinned.Encryption,
                _pinned.Operation,
                _pinned.Subject,
                _budget,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!IsSame(body.File, File) || body.Start > Position)
        {
            body.Dispose();
            throw OtherBytes(_pinned, $"of the version {body.File.FileId} from byte {body.Start} instead of {Position}");
        }
        _toSkip = Position - body.Start;
        return body;
    }

    // A service that ignores ranges answers with everything; what lies before is read and dropped.
    private async Task SkipAsync(DownloadBody body, Memory<byte> scratch, CancellationToken cancellationToken)
    {
        while (_toSkip > 0)
        {
            var piece = scratch[..(int)Math.Min(scratch.Length, _toSkip)];
            var read = await body.ReadAsync(piece, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw Failures.UnreadableAnswer(
                    HttpStatusCode.OK,
                    _pinned.Operation,
                    _pinned.Subject,
                    "ended before it began",
                    cause: null
                );
            }
            _toSkip -= read;
        }
    }

    // Where no id tells versions apart, what else the headers say must do.
    private static bool IsSame(FileVersion one, FileVersion other) =>
        one.FileId == other.FileId
        && one.SizeInBytes == other.SizeInBytes
        && (one.FileId.Length > 0 || (one.UploadTimestamp == other.UploadTimestamp && one.ContentSha1 == other.ContentSha1));

    private static B2ChecksumException OtherBytes(DownloadTarget target, string which) =>
        new($"{target.Operation} of '{target.Subject}': the service sent bytes {which}. Nothing was kept; download it again.");
}
