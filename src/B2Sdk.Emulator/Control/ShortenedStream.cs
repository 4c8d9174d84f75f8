using Microsoft.AspNetCore.Http;

namespace B2Sdk.Emulator.Control;

/// <summary>The body of an answer that was promised shorter than it is: what is beyond that is left out.</summary>
internal sealed class ShortenedStream(HttpResponse response) : Stream
{
    private readonly Stream _inner = response.Body;
    private long _position;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // How long it is promised to be is known when the head is on its way.
        await _inner.FlushAsync(cancellationToken);
        var sent = buffer[..(int)Math.Clamp((response.ContentLength ?? long.MaxValue) - _position, 0, buffer.Length)];
        await _inner.WriteAsync(sent, cancellationToken);
        _position += sent.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override void Flush() => _inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
