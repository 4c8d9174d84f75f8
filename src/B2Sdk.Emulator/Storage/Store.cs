using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Storage;

/// <summary>Everything that the emulator keeps. Each member is one transaction: it happens whole, or not at all.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class Store : IDisposable
{
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly string? _temporaryFolder;
    private readonly FileStream? _lock;
    private readonly Sealer _sealer;
    private long _lastNumber;

    private Store(Database database, string folder, TimeProvider time, string? temporaryFolder, FileStream? heldLock)
    {
        _database = database;
        _snapshots = new(Path.Combine(folder, "snapshots"));
        _sealer = new(Path.Combine(folder, "secrets.key"));
        _time = time;
        _temporaryFolder = temporaryFolder;
        _lock = heldLock;
        Blobs = new(Path.Combine(folder, "blobs"));
        IsDurable = temporaryFolder is null;
    }

    public BlobFolder Blobs { get; }

    /// <summary>True when what is stored outlives the process.</summary>
    public bool IsDurable { get; }

    /// <summary>The time by the emulator's clock, in milliseconds since 1970.</summary>
    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The same in whole seconds, as versions are dated.</summary>
    public long NowInSeconds => Now / 1000 * 1000;

    /// <summary>Opens a folder, or memory when there is none.</summary>
    public static async Task<Store> OpenAsync(string? folder, TimeProvider time)
    {
        var store = folder is null ? OpenMemory(time) : OpenFolder(folder, time);
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

    private static Store OpenMemory(TimeProvider time)
    {
        // Large contents are never held in memory; they live in files until the end.
        var temporary = Directory.CreateTempSubdirectory("b2-emulator-").FullName;
        return new(new(path: null), temporary, time, temporary, heldLock: null);
    }

    private static Store OpenFolder(string folder, TimeProvider time)
    {
        var full = Path.GetFullPath(folder);
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(full);
            held = Lock(full);
            return new(new(Path.Combine(full, "emulator.db")), full, time, temporaryFolder: null, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            held?.Dispose();
            throw new EmulatorStartException(
                $"The data folder '{full}' cannot be used: {e.Message}. Name a folder that can be written.",
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
    }

    private static Bucket RequireBucket(Sql sql, string accountId, string bucketId) =>
        sql.Find(
            $"SELECT {BucketColumns} FROM buckets b WHERE b.id = $1 AND b.account = $2",
            row => ReadBucket(row, 0),
            bucketId,
            accountId
        ) ?? throw Refusal.NoSuchBucket(bucketId);
}
