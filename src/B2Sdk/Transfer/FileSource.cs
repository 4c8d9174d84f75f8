using Microsoft.Win32.SafeHandles;

namespace B2Sdk.Transfer;

/// <summary>Bytes of a local file. A file that changes while it is read is noticed before B2 stores anything of it.</summary>
internal sealed class FileSource : UploadSource
{
    private readonly SafeFileHandle _handle;
    private readonly string _name;
    private readonly long _start;
    private readonly long _fileLength;
    private readonly bool _ownsHandle;

    private FileSource(SafeFileHandle handle, string name, long start, bool ownsHandle)
    {
        _handle = handle;
        _name = name;
        _start = start;
        _ownsHandle = ownsHandle;
        _fileLength = RandomAccess.GetLength(handle);
        LastWriteTime = File.GetLastWriteTimeUtc(handle);
    }

    public override long Length => Math.Max(0, _fileLength - _start);

    public DateTime LastWriteTime { get; }

    public static FileSource Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a directory; only files can be uploaded.");
        }
        return new(
            File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
            path,
            0,
            ownsHandle: true
        );
    }

    /// <summary>What is left of a stream over a file; the stream stays its owner's.</summary>
    public static FileSource From(FileStream stream) => new(stream.SafeFileHandle, stream.Name, stream.Position, ownsHandle: false);

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        RandomAccess.ReadAsync(_handle, buffer, _start + offset, cancellationToken);

    public override void EnsureUnchanged()
    {
        if (RandomAccess.GetLength(_handle) != _fileLength || File.GetLastWriteTimeUtc(_handle) != LastWriteTime)
        {
            throw new B2ChecksumException($"'{_name}' was changed while it was uploaded; nothing of it was stored. Upload it again.");
        }
    }

    public override void Dispose()
    {
        if (_ownsHandle)
        {
            _handle.Dispose();
        }
        base.Dispose();
    }
}
