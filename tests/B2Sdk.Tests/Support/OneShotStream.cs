namespace B2Sdk.Tests;

/// <summary>Gives its bytes once, as many at a time as it likes, without saying how many there are.</summary>
internal sealed class OneShotStream(byte[] body, int atATime = int.MaxValue) : MemoryStream(body, writable: false)
{
    /// <summary>Told the number of bytes that have been taken, after each read.</summary>
    public Action<long>? Taken { get; init; }

    public bool IsClosed { get; private set; }

    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private long _taken;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = await base.ReadAsync(buffer[..Math.Min(buffer.Length, atATime)], cancellationToken);
        Taken?.Invoke(_taken += read);
        return read;
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

    protected override void Dispose(bool disposing)
    {
        IsClosed = true;
        base.Dispose(disposing);
    }
}
