namespace B2Sdk.Tests;

/// <summary>A stream that can seek, and that fails at its second read.</summary>
internal sealed class FailingStream(byte[] body) : MemoryStream(body)
{
    private int _reads;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ++_reads == 1 ? await base.ReadAsync(buffer[..10], cancellationToken) : throw new InvalidDataException("The disk is bad.");
}
