using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace B2Sdk.Emulator.Storage;

/// <summary>Blobs that are too large for the database, each in a file of its own.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BlobFolder(string path, bool flushes)
{
    private const int FolderCount = 256;
    private readonly bool[] _isMade = new bool[FolderCount];
    private readonly Lock _making = new();

    /// <summary>Makes the file of a new blob.</summary>
    public SafeFileHandle Create(long id)
    {
        var file = PathOf(id);
        MakeFolder(id);
        return File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Waits until a blob is on the disk, when the folder is one that waits.</summary>
    public void Flush(SafeFileHandle file, long id)
    {
        if (flushes)
        {
            RandomAccess.FlushToDisk(file);
            Folders.Flush(FolderOf(id));
        }
    }

    /// <summary>Opens a blob for reading; null when it is gone.</summary>
    public SafeFileHandle? TryOpen(long id)
    {
        try
        {
            return File.OpenHandle(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public void Delete(long id) => File.Delete(PathOf(id));

    /// <summary>Deletes what nobody knows of the blobs up to a certain one: the bytes of what was never acknowledged, or is forgotten.</summary>
    public void DeleteAllBut(IReadOnlySet<long> known, long last)
    {
        if (!Directory.Exists(path))
        {
            return;
        }
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            if (
                !long.TryParse(Path.GetFileName(file), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var id)
                || (id <= last && !known.Contains(id))
            )
            {
                File.Delete(file);
            }
        }
    }

    private void MakeFolder(long id)
    {
        var number = (int)(id % FolderCount);
        if (Volatile.Read(ref _isMade[number]))
        {
            return;
        }
        lock (_making)
        {
            Folders.Create(FolderOf(id), flushes);
        }
        Volatile.Write(ref _isMade[number], true);
    }

    private string FolderOf(long id) => Path.Combine(path, (id % FolderCount).ToString("x2"));

    private string PathOf(long id) => Path.Combine(FolderOf(id), id.ToString("x16"));
}
