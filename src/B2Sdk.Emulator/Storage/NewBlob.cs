namespace B2Sdk.Emulator.Storage;

/// <summary>Bytes that have arrived whole and are safe, but that no version knows yet. Unless it is kept, disposing of it deletes them.</summary>
internal sealed class NewBlob(Store store, long id, byte[]? bytes, long? fill, long length, string sha1, string md5) : IDisposable
{
    private bool _isKept;

    public long Id => id;

    /// <summary>The bytes, when they are few; else null.</summary>
    public byte[]? Bytes => bytes;

    /// <summary>The number of what is made up in place of the bytes; null when they are kept.</summary>
    public long? Fill => fill;

    public long Length => length;

    public string Sha1 => sha1;

    public string Md5 => md5;

    public void Keep() => _isKept = true;

    public void Dispose()
    {
        if (!_isKept && bytes is null && fill is null)
        {
            store.Blobs.Delete(id);
        }
        store.HasArrived(id);
    }
}
