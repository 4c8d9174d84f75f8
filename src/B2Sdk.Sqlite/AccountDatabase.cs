using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Sqlite;

/// <summary>An account file as a database: each use is one transaction on tables that are up to date.</summary>
/// <remarks>
/// Thread-safe. The journal mode stays what the file has: the Python tools read the file at the same time, and files that only SQLite's write-ahead log needs would hold keys beside it.
/// </remarks>
internal sealed class AccountDatabase(string fileName) : IDisposable
{
    private const int WrongTables = 1;
    private const int DamagedDatabase = 11;
    private const int NotADatabase = 26;

    // Others hold the file for milliseconds; whoever holds it for a minute is stuck.
    private const int SecondsToWaitForOthers = 60;

    // One at a time within the object: threads wait here without blocking, and SQLite has only others to wait for.
    private readonly SemaphoreSlim _turn = new(1, 1);

    public string FileName => fileName;

    /// <summary>Reads; the default when there is no file, or nothing in it.</summary>
    public async ValueTask<T?> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!AccountFile.Exists(fileName))
            {
                return default;
            }
            using var connection = Open();
            using (connection.BeginTransaction(deferred: true))
            {
                switch (Examine(connection))
                {
                    case SchemaState.Empty:
                        return default;
                    case SchemaState.Current:
                        AccountFile.RefuseIfOpenToAll(fileName);
                        return read(connection);
                }
            }
            return WriteTo(connection, read);
        }
        catch (Exception e) when (IsAboutTheFile(e))
        {
            throw Explain(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Changes the file, which is made when it is missing.</summary>
    public async ValueTask WriteAsync(Action<SqliteConnection> write, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            AccountFile.Create(fileName);
            using var connection = Open();
            WriteTo(
                connection,
                database =>
                {
                    write(database);
                    return true;
                }
            );
        }
        catch (Exception e) when (IsAboutTheFile(e))
        {
            throw Explain(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private T WriteTo<T>(SqliteConnection connection, Func<SqliteConnection, T> write)
    {
        // The lock is taken before anything is read, so that what is written follows from what is there.
        using var transaction = connection.BeginTransaction(deferred: false);
        var state = Examine(connection);
        AccountFile.RefuseIfOpenToAll(fileName);
        if (state != SchemaState.Current)
        {
            Schema.BringUpToDate(connection);
        }
        var result = write(connection);
        transaction.Commit();
        return result;
    }

    private SqliteConnection Open()
    {
        try
        {
            return Open(fileName);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == NotADatabase)
        {
            if (AncientAccountFile.Convert(fileName))
            {
                return Open(fileName);
            }
            throw;
        }
    }

    /// <summary>Opens a file that exists, and reads its first page.</summary>
    internal static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                // A file that stays open would hide that somebody replaced it.
                Pooling = false,
                DefaultTimeout = SecondsToWaitForOthers,
            }.ConnectionString
        );
        try
        {
            connection.Open();
            // SQLite waits in smaller steps than its wrapper. What is deleted is overwritten, because it is a key.
            connection.Execute("PRAGMA busy_timeout = 60000; PRAGMA secure_delete = ON");
            connection.ReadAll("SELECT count(*) FROM sqlite_master", row => row.GetInt64(0));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SchemaState Examine(SqliteConnection connection) =>
        Schema.Examine(connection) switch
        {
            SchemaState.Foreign => throw new CorruptAccountInfoException(
                $"'{fileName}' is a database, but not of an account. Nothing in it was changed. Move it away or name another file."
            ),
            SchemaState.Newer => throw new CorruptAccountInfoException(
                $"'{fileName}' was written by a newer tool, in a form that is not known here. Nothing in it was changed. Update, or name another file."
            ),
            var state => state,
        };

    private static bool IsAboutTheFile(Exception exception) =>
        exception
            is SqliteException
                or UnauthorizedAccessException
                or JsonException
                or UriFormatException
                or InvalidCastException
                or InvalidOperationException
                or FormatException
                or OverflowException;

    private IOException Explain(Exception exception) =>
        exception switch
        {
            UnauthorizedAccessException or SqliteException { SqliteErrorCode: not (WrongTables or NotADatabase or DamagedDatabase) } =>
                new IOException($"The account file '{fileName}' cannot be used: {exception.Message}", exception),
            _ => new CorruptAccountInfoException(
                $"'{fileName}' is not an account file, or is damaged. It was left as it is. Move it away and authorize again.",
                exception
            ),
        };
}
