namespace B2Sdk.IntegrationTests;

/// <summary>A stream that gives its bytes once, in pieces of odd sizes, and does not know its length: like a pipe.</summary>
/// <param name="content">The bytes.</param>
/// <param name="acknowledged">How many of them the far side has, to tell how many are held in between.</param>
internal sealed class OneShotStream(byte[] content, Func<long>? acknowledged = null) : Stream
{
    private int _given;

    /// <summary>The most bytes that were given and not yet acknowledged.</summary>
    public long MostAhead { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var piece = Math.Min(Math.Min(buffer.Length, content.Length - _given), 4099);
        content.AsSpan(_given, piece).CopyTo(buffer.Span);
        _given += piece;
        MostAhead = Math.Max(MostAhead, _given - (acknowledged?.Invoke() ?? 0));
        return new(piece);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
