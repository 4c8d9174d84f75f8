using System.Runtime.InteropServices;

namespace B2Sdk.Emulator.Storage;

/// <summary>Makes folders, and the names in them, outlive a loss of power.</summary>
internal static partial class Folders
{
    private const int NotForFolders = 22; // EINVAL: a file system that keeps its folders in order by itself.

    /// <summary>Makes a folder and those above it that are missing.</summary>
    public static void Create(string path, bool flushes)
    {
        if (Directory.Exists(path))
        {
            return;
        }
        var above = Path.GetDirectoryName(path);
        if (above is not null)
        {
            Create(above, flushes);
        }
        Directory.CreateDirectory(path);
        if (flushes && above is not null)
        {
            Flush(above);
        }
    }

    /// <summary>Waits until the names of the files in a folder are on the disk. Windows writes them with the files.</summary>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        // The platform opens no folders.
        var folder = Open(path, 0);
        if (folder < 0)
        {
            throw Failure(path);
        }
        try
        {
            if (Sync(folder) != 0 && Marshal.GetLastPInvokeError() != NotForFolders)
            {
                throw Failure(path);
            }
        }
        finally
        {
            _ = Close(folder);
        }
    }

    private static IOException Failure(string path) =>
        new($"The folder '{path}' cannot be flushed to the disk: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
