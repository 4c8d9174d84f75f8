using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace B2Sdk.Emulator.Storage;

/// <summary>The columns of the row at which a reader stands.</summary>
internal readonly ref struct ColumnReader(SqliteDataReader reader, int first)
{
    private readonly sqlite3_stmt _statement = reader.Handle!;

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, first + column);

    public long? IntegerOrNull(int column) => IsNull(column) ? null : Integer(column);

    public byte[] Bytes(int column) => Span(column).ToArray();

    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);

    public string Text(int column) => Encoding.UTF8.GetString(Span(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    private bool IsNull(int column) => raw.sqlite3_column_type(_statement, first + column) == raw.SQLITE_NULL;

    // The bytes of a text are its UTF-8.
    private ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(_statement, first + column);
}
