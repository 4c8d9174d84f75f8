namespace B2Sdk.Tests;

/// <summary>Gives some bytes, then does something, then gives the rest.</summary>
internal sealed class SlowStream(byte[] body, int before, Func<CancellationToken, Task> then) : MemoryStream(body)
{
    private bool _isDone;

    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position < before)
        {
            return await base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, before - Position)], cancellationToken);
        }
        if (!_isDone)
        {
            _isDone = true;
            await then(cancellationToken);
        }
        return await base.ReadAsync(buffer, cancellationToken);
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
}
