namespace B2Sdk.Transfer;

/// <summary>Bytes that can be read at any place, again and again.</summary>
internal abstract class UploadSource : IDisposable
{
    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>False when only one part may be read at a time.</summary>
    public virtual bool AllowsParallelReads => true;

    /// <summary>Reads at a place; 0 at the end.</summary>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Throws when the bytes are not the ones they were at the beginning.</summary>
    public virtual void EnsureUnchanged() { }

    public virtual void Dispose() { }
}
