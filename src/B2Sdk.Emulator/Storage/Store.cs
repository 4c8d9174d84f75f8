using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Storage;

/// <summary>Everything that the emulator keeps. Each member is one transaction: it happens whole, or not at all.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class Store : IDisposable
{
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly StoreOptions _options;
    private readonly string? _temporaryFolder;
    private readonly FileStream? _lock;
    private readonly Sealer _sealer;
    private long _lastNumber;

    private Store(Database database, string folder, StoreOptions options, string? temporaryFolder, FileStream? heldLock)
    {
        _database = database;
        Folder = folder;
        _snapshots = new(Path.Combine(folder, "snapshots"));
        _sealer = new(Path.Combine(folder, "secrets.key"));
        _time = options.Time;
        _options = options;
        _temporaryFolder = temporaryFolder;
        _lock = heldLock;
        Blobs = new(Path.Combine(folder, "blobs"), options.Flushes);
    }

    /// <summary>Where its files are; in memory mode a folder that is gone at the end.</summary>
    public string Folder { get; }

    public BlobFolder Blobs { get; }

    /// <summary>The time by the emulator's clock, in milliseconds since 1970.</summary>
    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The same in whole seconds, as versions are dated.</summary>
    public long NowInSeconds => Now / 1000 * 1000;

    /// <summary>Opens a folder, or memory when there is none.</summary>
    public static async Task<Store> OpenAsync(StoreOptions options)
    {
        var store = options.Folder is null ? OpenMemory(options) : OpenFolder(options.Folder, options);
        try
        {
            await store.RecoverAsync();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _database.Dispose();
        lock (_sweeping)
        {
            _isDisposed = true;
            if (_temporaryFolder is not null && Directory.Exists(_temporaryFolder))
            {
                Directory.Delete(_temporaryFolder, recursive: true);
            }
        }
        _lock?.Dispose();
    }

    private static Store OpenMemory(StoreOptions options)
    {
        // Large contents are never held in memory; they live in files until the end.
        var temporary = Directory.CreateTempSubdirectory("b2-emulator-").FullName;
        return new(new(path: null, options.Durability), temporary, options, temporary, heldLock: null);
    }

    private static Store OpenFolder(string folder, StoreOptions options)
    {
        var full = Path.GetFullPath(folder);
        FileStream? held = null;
        try
        {
            Folders.Create(full, options.Flushes);
            held = Lock(full);
            var database = new Database(Path.Combine(full, "emulator.db"), options.Durability);
            if (options.Flushes)
            {
                Folders.Flush(full);
            }
            return new(database, full, options, temporaryFolder: null, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            held?.Dispose();
            throw new EmulatorStartException(
                $"The data folder '{full}' cannot be used: {e.Message.TrimEnd('.')}. Name a folder that can be written.",
                e
            );
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    private static FileStream Lock(string folder)
    {
        var path = Path.Combine(folder, "lock");
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new EmulatorStartException(
                $"The data folder '{folder}' is in use by another emulator. Stop that one, or name another folder.",
                e
            );
        }
    }

    /// <summary>Finds where numbering stopped, and clears away what was never acknowledged.</summary>
    private async Task RecoverAsync()
    {
        var known = await _database.RunAloneAsync(sql =>
        {
            _snapshots.Recover();
            CountOn(sql);
            return ListBlobFiles(sql).Union(_snapshots.AllBlobs()).ToHashSet();
        });
        Blobs.DeleteAllBut(known, last: long.MaxValue);
        DeleteSeedFolders();
    }

    private static Bucket RequireBucket(Sql sql, string accountId, string bucketId) =>
        sql.Find(
            $"SELECT {BucketColumns} FROM buckets b WHERE b.id = $1 AND b.account = $2",
            row => ReadBucket(row, 0),
            bucketId,
            accountId
        ) ?? throw Refusal.NoSuchBucket(bucketId);
}
