using Microsoft.AspNetCore.Http;

namespace B2Sdk.Emulator.Control;

/// <summary>The body of a request or of an answer, in which something goes wrong at a certain byte.</summary>
internal sealed class FaultyStream(Stream inner, Fault fault, HttpContext context, TimeProvider time) : Stream
{
    private long _position;

    public override bool CanRead => inner.CanRead;
    public override bool CanSeek => false;
    public override bool CanWrite => inner.CanWrite;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    private long End => fault.StallAfter ?? fault.CutAfter ?? fault.ResetAfter ?? long.MaxValue;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == End)
        {
            await BreakAsync();
        }
        var read = await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, End - _position)], cancellationToken);
        Corrupt(buffer.Span[..read]);
        _position += read;
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (fault.LoseReply)
        {
            await BreakAsync();
        }
        var sent = buffer[..(int)Math.Min(buffer.Length, End - _position)];
        if (fault.CorruptAt is { } place && place >= _position && place < _position + sent.Length)
        {
            // What is written may be shared, and is right.
            var copy = sent.ToArray();
            Corrupt(copy);
            sent = copy;
        }
        await inner.WriteAsync(sent, cancellationToken);
        _position += sent.Length;
        if (_position == End && sent.Length < buffer.Length)
        {
            await inner.FlushAsync(cancellationToken);
            await BreakAsync();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Corrupt(Span<byte> bytes)
    {
        if (fault.CorruptAt is { } place && place >= _position && place < _position + bytes.Length)
        {
            bytes[(int)(place - _position)] ^= 0xFF;
        }
    }

    private async Task BreakAsync()
    {
        if (fault.StallAfter is not null)
        {
            await Connections.StallAsync(context, time);
        }
        throw new FaultEnd(
            fault.StallAfter is not null ? null
            : fault.ResetAfter is not null ? Connections.Reset
            : inner.CanRead ? static context => context.Abort()
            // An answer that ends too early is closed behind its last byte, and a reply is lost once the call is written down.
            : null
        );
    }
}
