using System.Globalization;

namespace B2Sdk.Emulator.Seeding;

/// <summary>A folder of folders, each of which is a bucket of its name. Files beside them are in a bucket of their own. Links are not followed.</summary>
internal static class SeedFolder
{
    private const string LooseFiles = "seed-files";

    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        // What cannot be read is told rather than left out, and hidden files are files.
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private static readonly EnumerationOptions Beside = new()
    {
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    public static IReadOnlyList<SeededAccount> Read(DirectoryInfo folder)
    {
        var buckets = folder
            .EnumerateDirectories("*", Beside)
            .OrderBy(directory => directory.Name, StringComparer.Ordinal)
            .Select(directory => new SeededBucket
            {
                Place = $"the folder '{directory.Name}', which is a bucket of that name",
                Name = directory.Name,
                Files = ReadFiles(directory, Below),
            })
            .ToList();
        if (ReadFiles(folder, Beside) is { Count: > 0 } loose)
        {
            buckets.Add(
                new()
                {
                    Place = "the files beside its folders",
                    Name = LooseFiles,
                    Files = loose,
                }
            );
        }
        return [new() { Place = "the folder", Buckets = buckets }];
    }

    private static List<SeededFile> ReadFiles(DirectoryInfo folder, EnumerationOptions options) =>
        folder
            .EnumerateFiles("*", options)
            .Select(file => Describe(file, Path.GetRelativePath(folder.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/')))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();

    private static SeededFile Describe(FileInfo file, string name) =>
        new()
        {
            Place = $"the file '{file.FullName}'",
            Name = name,
            Info = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["src_last_modified_millis"] = new DateTimeOffset(file.LastWriteTimeUtc)
                    .ToUnixTimeMilliseconds()
                    .ToString(CultureInfo.InvariantCulture),
            },
            Open = file.OpenRead,
        };
}
