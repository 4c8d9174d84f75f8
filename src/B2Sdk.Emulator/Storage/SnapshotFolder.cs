using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace B2Sdk.Emulator.Storage;

/// <summary>Saved states: each a copy of the database. Blobs in files are not copied; as they never change, it is enough to keep them.</summary>
/// <remarks>For the database's own thread, except for <see cref="List"/>.</remarks>
internal sealed class SnapshotFolder(string path)
{
    private const string Extension = ".db";
    private const string Unfinished = ".new";
    private readonly Dictionary<string, HashSet<long>> _blobs = new(StringComparer.Ordinal);

    /// <summary>The largest number of a blob in any of them that were there at the start.</summary>
    public long LastBlob { get; private set; }

    /// <summary>True when a blob must be kept for one of them.</summary>
    public bool Holds(long blob) => _blobs.Values.Any(blobs => blobs.Contains(blob));

    /// <summary>Every blob that must be kept for one of them.</summary>
    public IEnumerable<long> AllBlobs() => _blobs.Values.SelectMany(blobs => blobs);

    /// <summary>Finds what an earlier process saved.</summary>
    public void Recover()
    {
        if (!Directory.Exists(path))
        {
            return;
        }
        foreach (var unfinished in Directory.EnumerateFiles(path, "*" + Unfinished + "*"))
        {
            File.Delete(unfinished);
        }
        foreach (var snapshot in List())
        {
            try
            {
                using var connection = Open(snapshot.Name);
                using var sql = new Sql(connection);
                _blobs[snapshot.Name] = Store.ListBlobFiles(sql);
                LastBlob = Math.Max(LastBlob, Store.Largest(sql, "SELECT max(id) FROM blobs"));
            }
            catch (SqliteException e)
            {
                throw new EmulatorStartException(
                    $"The snapshot '{FileOf(snapshot.Name)}' cannot be read: {e.Message} Delete it, or put back the file that was there.",
                    e
                );
            }
        }
    }

    public IReadOnlyList<Snapshot> List() =>
        Directory.Exists(path)
            ?
            [
                .. new DirectoryInfo(path)
                    .EnumerateFiles("*" + Extension)
                    .Select(file => new Snapshot(Path.GetFileNameWithoutExtension(file.Name), new(file.LastWriteTimeUtc), file.Length))
                    .OrderBy(snapshot => snapshot.Name, StringComparer.Ordinal),
            ]
            : [];

    public bool Contains(string name) => File.Exists(FileOf(name));

    /// <summary>Saves the state, in place of the one that had the name.</summary>
    public void Save(Sql sql, string name)
    {
        Directory.CreateDirectory(path);
        var unfinished = FileOf(name) + Unfinished;
        File.Delete(unfinished);
        using (var copy = Open(unfinished, SqliteOpenMode.ReadWriteCreate))
        {
            // It counts when it is renamed, and not before.
            Execute(copy, "PRAGMA journal_mode = OFF");
            Execute(copy, "PRAGMA synchronous = OFF");
            sql.CopyTo(copy);
            // The copy says of itself that it has a write-ahead log, which could not be read in place.
            Execute(copy, "PRAGMA journal_mode = DELETE");
        }
        using (SafeFileHandle file = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(file);
        }
        File.Move(unfinished, FileOf(name), overwrite: true);
        Folders.Flush(path);
        _blobs[name] = Store.ListBlobFiles(sql);
    }

    /// <summary>Opens a saved state for reading.</summary>
    public SqliteConnection Open(string name) => Open(FileOf(name), SqliteOpenMode.ReadOnly);

    public void Delete(string name)
    {
        File.Delete(FileOf(name));
        _blobs.Remove(name);
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants.
        command.CommandText = pragma;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private string FileOf(string name) => Path.Combine(path, name + Extension);
}
