using B2Sdk.Emulator.Rules;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Storage;

/// <summary>Walks the versions of a bucket in their order, and can leap ahead.</summary>
internal sealed class VersionCursor(Sql sql, Bucket bucket, byte[]? end) : IDisposable
{
    private SqliteDataReader? _reader;
    private (byte[] Name, VersionPlace Place)? _rest;

    /// <summary>The version at which the cursor stands, until it goes on.</summary>
    public VersionRow Current => VersionRow.Read(_reader!, bucket);

    /// <summary>Goes on at a name, which is the next row when it exists.</summary>
    public void LeapTo(byte[] name)
    {
        _reader?.Dispose();
        _rest = null;
        _reader = end is null
            ? sql.Query(
                $"SELECT {VersionRow.Columns} FROM versions v WHERE v.bucket = $1 AND v.name >= $2 ORDER BY v.name, v.timestamp DESC, v.number DESC",
                bucket.Row,
                name
            )
            : sql.Query(
                $"SELECT {VersionRow.Columns} FROM versions v WHERE v.bucket = $1 AND v.name >= $2 AND v.name < $3 ORDER BY v.name, v.timestamp DESC, v.number DESC",
                bucket.Row,
                name,
                end
            );
    }

    /// <summary>Goes on at the first name after one.</summary>
    public void LeapBehind(ReadOnlySpan<byte> name) => LeapTo([.. name, 0]); // No name lies between one and the same with a zero behind it.

    /// <summary>Goes on at one version of a name, or the first older one when it is gone.</summary>
    public void LeapTo(byte[] name, VersionPlace place)
    {
        _reader?.Dispose();
        _rest = (name, place);
        _reader = sql.Query(
            $"""
            SELECT {VersionRow.Columns} FROM versions v
            WHERE v.bucket = $1 AND v.name = $2 AND (v.timestamp < $3 OR (v.timestamp = $3 AND v.number <= $4))
            ORDER BY v.timestamp DESC, v.number DESC
            """,
            bucket.Row,
            name,
            place.Timestamp,
            place.Number
        );
    }

    public bool Read()
    {
        while (!_reader!.Read())
        {
            if (_rest is not { } rest)
            {
                return false;
            }
            LeapBehind(rest.Name);
        }
        return true;
    }

    public void Dispose() => _reader?.Dispose();
}
