using B2Sdk.Sessions;
using B2Sdk.Transfer;

namespace B2Sdk;

/// <summary>A file in B2 as a stream: read from front to back, or from wherever you seek to.</summary>
/// <remarks>
/// <para>When the connection breaks it goes on at the next byte of the same version. Seeking costs a request when the next read is not where the last one ended. The SHA-1 is not
/// checked, as the stream may be read in any order; the length is. Not thread-safe.</para>
/// <para>Read it asynchronously where you can. A synchronous read blocks the thread until the bytes are there, for what reads no other way, such as <c>ZipArchive</c>; in a server with
/// many such readers it is better to download to a file.</para>
/// </remarks>
/// <example>
/// <code>
/// await using DownloadStream remote = await bucket.OpenReadAsync("photos.zip");
/// using var archive = new ZipArchive(remote);
/// archive.GetEntry("cat.jpg")!.ExtractToFile("cat.jpg");
/// </code>
/// </example>
public sealed class DownloadStream : Stream
{
    private readonly Session _session;
    private readonly DownloadTarget _pinned;
    private readonly ProgressMeter _meter;
    private readonly long _start;
    private readonly long _end;
    private ResumingBody? _body;
    private long _position;
    private bool _isDisposed;

    internal DownloadStream(Session session, ResumingBody body, DownloadOptions options)
    {
        _session = session;
        _body = body;
        _pinned = body.Pinned;
        _start = body.Position;
        _end = body.End;
        _meter = new(options.Progress, _end - _start);
        File = body.File;
    }

    /// <summary>The version that is read.</summary>
    public FileVersion File { get; }

    /// <inheritdoc/>
    public override bool CanRead => !_isDisposed;

    /// <inheritdoc/>
    public override bool CanSeek => !_isDisposed;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>The bytes of the file, or of the stretch that was asked for.</summary>
    public override long Length => _end - _start;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (buffer.Length == 0 || _position >= Length)
        {
            return 0;
        }
        if (_body is not null && _body.Position != _start + _position)
        {
            _body.Dispose();
            _body = null;
        }
        _body ??= await ResumingBody
            .OpenAsync(_session, _pinned, new ByteRange(_start + _position, _end - 1), cancellationToken, File)
            .ConfigureAwait(false);
        var read = await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _position += read;
        _meter.Report(1, _position);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            SeekOrigin.End => Length + offset,
            _ => throw new ArgumentOutOfRangeException(nameof(origin)),
        };

    /// <summary>Reads bytes, and blocks the thread until they are there. Use <see cref="ReadAsync(Memory{byte}, CancellationToken)"/> where you can.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="offset">The place of the first one.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>How many were read; 0 at the end.</returns>
    /// <inheritdoc cref="Bucket.DownloadToStreamAsync(string, Stream, DownloadOptions, CancellationToken)" path="/exception"/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        // Nothing below comes back to the caller's context, so that a thread that blocks its own does not wait for itself.
        return ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("A file in B2 cannot be written to.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A file in B2 cannot be written to.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _body?.Dispose();
        }
        base.Dispose(disposing);
    }
}
