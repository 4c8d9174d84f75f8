using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace B2Sdk.Transfer;

/// <summary>Where downloads land: beside the target under a name that nobody can guess, and at the target only when they are whole.</summary>
internal static class LocalFiles
{
    /// <summary>Opens a target that is a device or a pipe, which is written to and never replaced by a file; null for every other.</summary>
    public static async Task<FileStream?> OpenSpecialAsync(string path, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        var isDevice =
            full.StartsWith("/dev/", StringComparison.Ordinal)
            && !full.StartsWith("/dev/shm/", StringComparison.Ordinal)
            && File.Exists(full);
        // Whatever has a length is a plain file, and need not be opened to know; neither is a link followed.
        if (
            !isDevice
            && (
                OperatingSystem.IsWindows()
                || new FileInfo(full) is not { Exists: true, Length: 0 } existing
                || existing.Attributes.HasFlag(FileAttributes.ReparsePoint)
            )
        )
        {
            return null;
        }
        try
        {
            // Opening a pipe waits for its reader, and there is no other way to wait for one.
            var target = await Task.Run(
                    () => new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0),
                    cancellationToken
                )
                .WaitAsync(cancellationToken)
                .ConfigureAwait(false);
            if (isDevice || !target.CanSeek)
            {
                return target;
            }
            await target.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (UnauthorizedAccessException) when (!isDevice)
        {
            // A read-only file is still a file; whether it may be replaced is the folder's to say.
            return null;
        }
    }

    public static TemporaryFile CreateTemporary(string target)
    {
        var full = Path.GetFullPath(target);
        var folder = Path.GetDirectoryName(full) ?? full;
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(target))
        {
            throw new IOException($"'{target}' is a directory; name the file to write.");
        }
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The directory '{folder}' of '{target}' does not exist.");
        }
        var path = Path.Combine(folder, $".b2-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.part");
        return new(path, full);
    }

    /// <summary>A file that disappears unless it is committed.</summary>
    public sealed class TemporaryFile : IDisposable
    {
        private readonly string _path;
        private readonly string _target;
        private readonly SemaphoreSlim _turn = new(1);
        private bool _isCommitted;

        public TemporaryFile(string path, string target)
        {
            _path = path;
            _target = target;
            Handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }

        public SafeFileHandle Handle { get; }

        /// <summary>Writes some bytes at their place. Writers take turns here: systems let only one write to a file, and have the others spin.</summary>
        public async Task WriteAsync(ReadOnlyMemory<byte> bytes, long position, CancellationToken cancellationToken)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await RandomAccess.WriteAsync(Handle, bytes, position, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }

        /// <summary>Gives the file its final name, when its bytes are on the disk.</summary>
        public void Commit(DateTimeOffset modificationTime)
        {
            RandomAccess.FlushToDisk(Handle);
            File.SetLastWriteTimeUtc(Handle, modificationTime.UtcDateTime);
            Handle.Dispose();
            File.Move(_path, _target, overwrite: true);
            _isCommitted = true;
        }

        public void Dispose()
        {
            Handle.Dispose();
            _turn.Dispose();
            if (!_isCommitted)
            {
                File.Delete(_path);
            }
        }
    }
}
