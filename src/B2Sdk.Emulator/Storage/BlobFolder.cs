using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace B2Sdk.Emulator.Storage;

/// <summary>Blobs that are too large for the database, each in a file of its own.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BlobFolder(string path)
{
    /// <summary>Makes the file of a new blob.</summary>
    public SafeFileHandle Create(long id)
    {
        var file = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    }

    public SafeFileHandle Open(long id) => File.OpenHandle(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

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

    private string PathOf(long id) => Path.Combine(path, (id & 0xFF).ToString("x2"), id.ToString("x16"));
}
