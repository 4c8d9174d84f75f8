using System.Globalization;
using B2Sdk.Cli.Output;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary>A folder of folders, each of which is a bucket of its name; files beside them are in the bucket <c>seed-files</c>. Links are not followed.</summary>
/// <remarks>(1) The buckets are made without files, so that a name that no bucket can have is refused first; (2) each is filled by as many requests as it needs.</remarks>
internal static class SeedFolder
{
    private const string LooseFiles = "seed-files";

    // One request is checked as a whole, and waits on the emulator's disk until it has come.
    private const int MostFiles = 500;
    private const long MostBytes = 64_000_000;

    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private static readonly EnumerationOptions Beside = new()
    {
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    public static IEnumerable<SeedForm> Read(DirectoryInfo folder)
    {
        var buckets = folder
            .EnumerateDirectories("*", Beside)
            .OrderBy(directory => directory.Name, StringComparer.Ordinal)
            .Select(directory => (directory.Name, Folder: directory, Options: Below))
            .ToList();
        if (folder.EnumerateFiles("*", Beside).Any())
        {
            buckets.Add((LooseFiles, folder, Beside));
        }
        if (buckets.Count > 0)
        {
            yield return new(Describe(buckets.Select(bucket => (bucket.Name, (IReadOnlyList<(string, FileInfo)>)[]))), []); // (1)
        }
        foreach (var (name, root, options) in buckets)
        {
            foreach (var batch in Batches(root, options)) // (2)
            {
                yield return new(Describe([(name, batch)]), batch.ConvertAll(file => file.File.FullName));
            }
        }
    }

    private static IEnumerable<List<(string Name, FileInfo File)>> Batches(DirectoryInfo root, EnumerationOptions options)
    {
        var files = root.EnumerateFiles("*", options)
            .Select(file =>
                (Name: Path.GetRelativePath(root.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), File: file)
            )
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        var batch = new List<(string, FileInfo)>();
        long bytes = 0;
        foreach (var file in files)
        {
            if (batch.Count == MostFiles || (batch.Count > 0 && bytes + file.File.Length > MostBytes))
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }
            batch.Add(file);
            bytes += file.File.Length;
        }
        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static string Describe(IEnumerable<(string Name, IReadOnlyList<(string Name, FileInfo File)> Files)> buckets) =>
        JsonText.Render(
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("buckets");
                foreach (var (name, files) in buckets)
                {
                    json.WriteStartObject();
                    json.WriteString("bucketName", name);
                    json.WriteStartArray("files");
                    for (var number = 0; number < files.Count; number++)
                    {
                        var modified = new DateTimeOffset(files[number].File.LastWriteTimeUtc).ToUnixTimeMilliseconds();
                        json.WriteStartObject();
                        json.WriteString("contentFile", number.ToString(CultureInfo.InvariantCulture));
                        json.WriteStartObject("fileInfo");
                        json.WriteString("src_last_modified_millis", modified.ToString(CultureInfo.InvariantCulture));
                        json.WriteEndObject();
                        json.WriteString("fileName", files[number].Name);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            },
            isOnOneLine: true
        );
}
