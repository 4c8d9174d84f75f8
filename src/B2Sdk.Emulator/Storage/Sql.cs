using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Storage;

/// <summary>Statements on one connection, each prepared once. For the database's own thread only.</summary>
internal sealed class Sql(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private readonly List<Action> _afterCommit = [];

    /// <summary>Runs a statement whose parameters are $1, $2 and so on.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> parameters) => Prepare(sql, parameters).ExecuteNonQuery();

    /// <summary>Runs a query. Its reader must be disposed before the same query is run again.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> parameters) => Prepare(sql, parameters).ExecuteReader();

    /// <summary>Runs a query for one row; null when there is none.</summary>
    public T? Find<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters)
        where T : class
    {
        using var reader = Query(sql, parameters);
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>Runs a query for all its rows.</summary>
    public List<T> List<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters)
    {
        var rows = new List<T>();
        using var reader = Query(sql, parameters);
        while (reader.Read())
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    /// <summary>Puts everything that is here into another database, in place of what is there: all of it, or nothing.</summary>
    public void CopyTo(SqliteConnection other) => connection.BackupDatabase(other);

    /// <summary>Puts everything of another database in place of what is here: all of it, or nothing.</summary>
    public void CopyFrom(SqliteConnection other) => other.BackupDatabase(connection);

    /// <summary>Does something once what was written is sure to stay, and not at all when it does not.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    public IReadOnlyList<Action> TakeAfterCommit()
    {
        var actions = _afterCommit.ToArray();
        _afterCommit.Clear();
        return actions;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // All statements are constants of this project.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= parameters.Length; i++)
            {
                command.Parameters.Add(new() { ParameterName = "$" + i });
            }
            _prepared[sql] = command;
        }
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i] ?? DBNull.Value;
        }
        return command;
    }
}
