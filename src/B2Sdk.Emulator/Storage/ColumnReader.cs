using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace B2Sdk.Emulator.Storage;

/// <summary>The columns of the row at which a reader stands, from the statement itself: without what the reader checks for each.</summary>
internal readonly ref struct ColumnReader(SqliteDataReader reader, int first)
{
    private readonly sqlite3_stmt _statement = reader.Handle!;

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, first + column);

    public long? IntegerOrNull(int column) => IsNull(column) ? null : Integer(column);

    /// <summary>The bytes of a blob, or the UTF-8 of a text, where SQLite has them: they are good until the reader goes on. None when there is neither.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, first + column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, first + column) == raw.SQLITE_NULL;
}
