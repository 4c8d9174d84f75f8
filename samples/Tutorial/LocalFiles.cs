using System.Formats.Tar;
using System.Security.Cryptography;

namespace Tutorial;

/// <summary>The files of this machine that the tutorial uploads, and a private folder for what it makes.</summary>
internal sealed class LocalFiles : IDisposable
{
    private static readonly string[] OwnFolders = ["docs", "samples", "src"];
    private static readonly string[] GeneratedFolders = ["artifacts", "bin", "obj"];
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("b2sdk-tutorial-");

    private LocalFiles(string folder, IEnumerable<string> files)
    {
        Folder = folder;
        Names =
        [
            .. files
                .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Order(StringComparer.Ordinal),
        ];
        TotalBytes = Names.Sum(name => new FileInfo(PathOf(name)).Length);
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>The files by their paths below the folder, with slashes.</summary>
    public IReadOnlyList<string> Names { get; }

    public long TotalBytes { get; }

    /// <summary>The files of a folder; without one, the documents and sources of this repository.</summary>
    public static LocalFiles Choose(string? folder)
    {
        if (folder is not null)
        {
            return Directory.Exists(folder)
                ? new(Path.GetFullPath(folder), FilesBelow(folder))
                : throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        }
        var root = FindRepository();
        return new(root, OwnFolders.Select(own => Path.Combine(root, own)).Where(Directory.Exists).SelectMany(FilesBelow));
    }

    public string PathOf(string name) => Path.Combine(Folder, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>A path in the private folder that nothing has yet.</summary>
    public string NewPath() => Path.Combine(_scratch.FullName, Guid.NewGuid().ToString("n"));

    /// <summary>Puts all files into a tar, and random bytes after them when it would be too short.</summary>
    public string Archive(long longerThan)
    {
        var path = NewPath();
        using var tar = new TarWriter(File.Create(path), TarEntryFormat.Pax);
        foreach (var name in Names)
        {
            tar.WriteEntry(PathOf(name), name);
        }
        if (TotalBytes <= longerThan)
        {
            var filler = RandomNumberGenerator.GetBytes((int)Math.Min(longerThan - TotalBytes + 1, Array.MaxLength));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "filler") { DataStream = new MemoryStream(filler) });
        }
        return path;
    }

    /// <summary>Throws unless both files have the same SHA-1.</summary>
    public static void EnsureSame(string original, string copy, string name)
    {
        var (expected, actual) = (Sha1Of(original), Sha1Of(copy));
        if (expected != actual)
        {
            throw new InvalidDataException($"'{name}' came back with the SHA-1 {actual}; its original has {expected}.");
        }
    }

    public void Dispose() => _scratch.Delete(recursive: true);

    private static string Sha1Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA1.HashData(stream));
    }

    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory
            .EnumerateFiles(
                folder,
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
            )
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Intersect(GeneratedFolders).Any());

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "B2Sdk.slnx")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("This is not run from its repository: name a folder whose files are to be uploaded.");
    }
}
