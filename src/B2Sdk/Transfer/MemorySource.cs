namespace B2Sdk.Transfer;

/// <summary>Bytes in memory.</summary>
internal sealed class MemorySource(ReadOnlyMemory<byte> data) : UploadSource
{
    public override long Length => data.Length;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var rest = data[(int)offset..];
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        return new(count);
    }
}
