using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    private readonly SnapshotFolder _snapshots;
    private readonly Lock _blobLock = new();
    private readonly HashSet<long> _arriving = [];
    private readonly Lock _sweeping = new();
    private bool _isDisposed;
    private long _lastBlob;

    /// <summary>Forgets everything but these keys. Numbers of versions and blobs are not given twice all the same.</summary>
    public Task ResetAsync(IReadOnlyList<ApplicationKey> keys) =>
        _database.RunAloneAsync(sql =>
        {
            // To copy an empty database over a full one takes no longer for being full.
            using var empty = new SqliteConnection("Data Source=:memory:;Pooling=False");
            empty.Open();
            using (var fresh = new Sql(empty))
            {
                Schema.Prepare(fresh, Schema.Latest);
                foreach (var key in keys)
                {
                    Insert(fresh, key);
                }
            }
            sql.CopyFrom(empty);
            _mostStored.Clear();
            SweepLater([]);
            return true;
        });

    public IReadOnlyList<Snapshot> ListSnapshots() => _snapshots.List();

    /// <summary>Saves the whole state under a name, in place of the one that had it.</summary>
    public Task SaveSnapshotAsync(string name) =>
        _database.RunAloneAsync(sql =>
        {
            var replaces = _snapshots.Contains(name);
            _snapshots.Save(sql, name);
            if (replaces)
            {
                SweepLater(ListBlobFiles(sql));
            }
            return true;
        });

    /// <summary>Puts a saved state in place of everything, and these keys into it.</summary>
    public Task LoadSnapshotAsync(string name, IReadOnlyList<ApplicationKey> keys) =>
        _database.RunAloneAsync(sql =>
        {
            using (var saved = OpenSnapshot(name))
            {
                sql.CopyFrom(saved);
            }
            _mostStored.Clear();
            Schema.Prepare(sql, Schema.Latest);
            sql.Execute("DELETE FROM tokens");
            foreach (var key in keys)
            {
                Insert(sql, key);
            }
            CountOn(sql);
            SweepLater(ListBlobFiles(sql));
            WorkAdded();
            return true;
        });

    public Task DeleteSnapshotAsync(string name) =>
        _database.RunAloneAsync(sql =>
        {
            if (!_snapshots.Contains(name))
            {
                throw NoSuchSnapshot(name);
            }
            _snapshots.Delete(name);
            SweepLater(ListBlobFiles(sql));
            return true;
        });

    /// <summary>The blobs that are in files of their own.</summary>
    internal static HashSet<long> ListBlobFiles(Sql sql) =>
        [.. sql.List("SELECT id FROM blobs WHERE bytes IS NULL AND fill IS NULL", row => row.GetInt64(0))];

    internal static long Largest(Sql sql, string query)
    {
        using var reader = sql.Query(query);
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetInt64(0) : 0;
    }

    /// <summary>Tells that the bytes of a blob are no longer on their way: a version knows them, or they are gone.</summary>
    internal void HasArrived(long blob)
    {
        lock (_blobLock)
        {
            _arriving.Remove(blob);
        }
    }

    private long NextBlob(bool isFile)
    {
        lock (_blobLock)
        {
            _lastBlob++;
            if (isFile)
            {
                _arriving.Add(_lastBlob);
            }
            return _lastBlob;
        }
    }

    /// <summary>Has numbers go on behind the largest that are in use.</summary>
    private void CountOn(Sql sql)
    {
        _lastNumber = Math.Max(_lastNumber, Largest(sql, "SELECT max(number) FROM versions"));
        _lastEvent = Math.Max(_lastEvent, Largest(sql, "SELECT max(number) FROM events"));
        lock (_blobLock)
        {
            _lastBlob = Math.Max(Math.Max(_lastBlob, _snapshots.LastBlob), Largest(sql, "SELECT max(id) FROM blobs"));
        }
        foreach (var keyId in sql.List("SELECT id FROM keys WHERE is_master = 0", row => row.GetString(0)))
        {
            CountOn(keyId);
        }
    }

    private SqliteConnection OpenSnapshot(string name)
    {
        if (!_snapshots.Contains(name))
        {
            throw NoSuchSnapshot(name);
        }
        var saved = _snapshots.Open(name);
        try
        {
            using var sql = new Sql(saved);
            Schema.RefuseNewer(sql);
            return saved;
        }
        catch
        {
            saved.Dispose();
            throw;
        }
    }

    private static KeyNotFoundException NoSuchSnapshot(string name) => new($"There is no snapshot '{name}'.");

    private void DeleteUnlessSaved(long blob)
    {
        if (!_snapshots.Holds(blob))
        {
            Blobs.Delete(blob);
        }
    }

    /// <summary>Deletes, while others go on, all files of blobs that neither the state knows nor a snapshot nor somebody who is uploading just now.</summary>
    private void SweepLater(HashSet<long> known)
    {
        known.UnionWith(_snapshots.AllBlobs());
        long last;
        lock (_blobLock)
        {
            known.UnionWith(_arriving);
            last = _lastBlob;
        }
        ThreadPool.QueueUserWorkItem(_ =>
        {
            lock (_sweeping)
            {
                Sweep(known, last);
            }
        });
    }

    private void Sweep(HashSet<long> known, long last)
    {
        try
        {
            if (!_isDisposed)
            {
                Blobs.DeleteAllBut(known, last);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start finds and deletes what is left.
        }
    }
}
