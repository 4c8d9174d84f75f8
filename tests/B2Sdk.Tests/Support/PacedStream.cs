namespace B2Sdk.Tests;

/// <summary>Does something whenever it is written to.</summary>
internal sealed class PacedStream(Action each) : MemoryStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        each();
        cancellationToken.ThrowIfCancellationRequested();
        return base.WriteAsync(buffer, cancellationToken);
    }
}
