using System.Security.Cryptography;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    /// <summary>True when there is no bucket yet.</summary>
    public Task<bool> IsEmptyAsync() =>
        _database.RunAsync(sql =>
        {
            using var bucket = sql.Query("SELECT 1 FROM buckets LIMIT 1");
            return !bucket.Read();
        });

    /// <summary>True from the beginning of a seeding to its end, whatever happens in between.</summary>
    public bool IsHalfSeeded => File.Exists(SeedingFile);

    /// <summary>Makes a folder for contents that are on their way into a seed. Whoever asked for it deletes it; what is left is deleted at the next start.</summary>
    public string CreateSeedFolder() =>
        Directory.CreateDirectory(Path.Combine(SeedFolders, RandomNumberGenerator.GetHexString(16, lowercase: true))).FullName;

    public void BeginSeeding() => File.WriteAllBytes(SeedingFile, []);

    public void EndSeeding() => File.Delete(SeedingFile);

    private void DeleteSeedFolders()
    {
        if (Directory.Exists(SeedFolders))
        {
            Directory.Delete(SeedFolders, recursive: true);
        }
    }

    private string SeedFolders => Path.Combine(Folder, "seeds");

    private string SeedingFile => Path.Combine(Folder, "seeding");

    /// <summary>Adds a file whose content is made up whenever it is asked for.</summary>
    /// <param name="accountId">Whose bucket it is.</param>
    /// <param name="bucketId">The bucket.</param>
    /// <param name="draft">What is said of the file.</param>
    /// <param name="fill">The number of the content.</param>
    /// <param name="length">How many bytes of it.</param>
    /// <param name="digests">Its digests; null for none, as large files have none.</param>
    /// <param name="timestamp">When it counts as uploaded; null for now.</param>
    public Task<FileVersion> AddMadeUpAsync(
        string accountId,
        string bucketId,
        FileDraft draft,
        long fill,
        long length,
        (string Sha1, string Md5)? digests,
        long? timestamp
    ) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            var version = NewFile(bucket, draft, digests is null ? FileIds.Large : FileIds.Small, FileAction.Upload, timestamp) with
            {
                Length = length,
                Sha1 = digests?.Sha1 ?? "none",
                Md5 = digests?.Md5,
            };
            var blob = NextBlob(isFile: false);
            Insert(sql, version);
            sql.Execute("INSERT INTO blobs (id, bytes, fill) VALUES ($1, NULL, $2)", blob, fill);
            Insert(sql, version.Place.Number, new() { Blob = blob, Length = length });
            return Announce(sql, version, EventTypes.Uploaded);
        });

    /// <summary>Adds a version under many names, which all share its bytes.</summary>
    public Task AddAgainAsync(FileVersion version, IReadOnlyList<byte[]> names) =>
        _database.RunAsync(sql =>
        {
            var segments = ListSegments(sql, version.Place.Number);
            foreach (var name in names)
            {
                var again = version with { NameBytes = name, Place = version.Place with { Number = ++_lastNumber } };
                Insert(sql, again);
                segments.ForEach(segment => Insert(sql, again.Place.Number, segment));
                Announce(sql, again, EventTypes.Uploaded);
            }
            return true;
        });
}
