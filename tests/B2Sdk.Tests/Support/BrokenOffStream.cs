namespace B2Sdk.Tests;

/// <summary>Gives some bytes, and then fails or says nothing more.</summary>
internal sealed class BrokenOffStream(byte[] body, int good, Exception? how) : Stream
{
    private readonly TestClock? _clock;
    private int _position;

    public BrokenOffStream(byte[] body, int good, TestClock clock)
        : this(body, good, how: null) => _clock = clock;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(Math.Min(buffer.Length, body.Length - _position), good - _position);
        if (count > 0)
        {
            body.AsMemory(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
        if (_clock is not null)
        {
            _clock.AdvanceSoon(TimeSpan.FromSeconds(61));
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, cancellationToken);
        }
        throw how ?? new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
