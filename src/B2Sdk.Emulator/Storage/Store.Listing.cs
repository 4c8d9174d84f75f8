using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    /// <summary>Lists names or versions of a bucket in the order of their bytes.</summary>
    public Task<Listing> ListFilesAsync(string accountId, string bucketId, ListingRequest request) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            var rows = new List<FileVersion>();
            using var cursor = new VersionCursor(
                sql,
                bucket.Row,
                VersionColumns,
                FileNames.AfterAll(request.Prefix),
                row => ReadVersion(row, bucket, 0)
            );
            if (request.StartPlace is { } told && request.StartName.AsSpan().StartsWith(request.Prefix))
            {
                cursor.LeapTo(request.StartName, FindPlace(sql, bucket, request.StartName, told.Number) ?? told);
            }
            else
            {
                cursor.LeapTo(Later(request.StartName, request.Prefix));
            }
            var walk = new ListingWalk(cursor, bucket, request);
            while (walk.Next() is { } row)
            {
                if (rows.Count == request.Count)
                {
                    return new(rows, row);
                }
                rows.Add(row);
            }
            return new Listing(rows, Next: null);
        });

    /// <summary>Lists unfinished large files, the oldest start first.</summary>
    public Task<Listing> ListUnfinishedAsync(string accountId, string bucketId, byte[] prefix, long startNumber, int count) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            var rows = sql.List(
                $"""
                SELECT {VersionColumns} FROM versions v
                WHERE v.bucket = $1 AND v.action = 3 AND v.number >= $2 AND substr(v.name, 1, length($3)) = $3
                ORDER BY v.number LIMIT $4
                """,
                row => ReadVersion(row, bucket, 0),
                bucket.Row,
                startNumber,
                prefix,
                count + 1
            );
            return rows.Count > count ? new Listing(rows[..count], rows[count]) : new Listing(rows, Next: null);
        });

    // An id tells the second, within which a time may lie that was stated.
    private static VersionPlace? FindPlace(Sql sql, Bucket bucket, byte[] name, long number)
    {
        using var row = sql.Query(
            "SELECT timestamp FROM versions WHERE number = $1 AND bucket = $2 AND name = $3",
            number,
            bucket.Row,
            name
        );
        return row.Read() ? new(row.GetInt64(0), number) : null;
    }

    private static byte[] Later(byte[] one, byte[] other) => one.AsSpan().SequenceCompareTo(other) >= 0 ? one : other;
}
