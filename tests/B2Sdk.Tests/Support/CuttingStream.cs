namespace B2Sdk.Tests;

/// <summary>Takes bytes up to a limit, and then does something else.</summary>
internal sealed class CuttingStream(long limit, Func<CancellationToken, Task> then) : MemoryStream
{
    public CuttingStream(long limit, Exception failure)
        : this(limit, _ => Task.FromException(failure)) { }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        if (Length >= limit)
        {
            await then(cancellationToken);
        }
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await WriteAsync(buffer.AsMemory(offset, count), cancellationToken);
}
