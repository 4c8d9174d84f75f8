using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>The bytes of a stretch as a stream, from front to back.</summary>
internal sealed class SegmentStream(Store store, IReadOnlyList<Segment> segments, ByteStretch stretch) : Stream
{
    private long _position;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => stretch.Length;
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, stretch.Length - _position);
        if (wanted == 0)
        {
            return 0;
        }
        var filled = 0;
        await store.SendAsync(
            segments,
            new(stretch.Start + _position, wanted),
            bytes =>
            {
                bytes.CopyTo(buffer[filled..]);
                filled += bytes.Length;
                return default;
            },
            cancellationToken
        );
        _position += filled;
        return filled;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
