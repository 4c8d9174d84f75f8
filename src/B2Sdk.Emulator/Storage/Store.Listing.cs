using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    /// <summary>Lists names or versions of a bucket in the order of their bytes.</summary>
    /// <param name="accountId">Whose bucket it is.</param>
    /// <param name="bucketId">The bucket.</param>
    /// <param name="request">Which rows.</param>
    /// <param name="take">Is handed each row of the page, on the database's own thread.</param>
    public Task<Listing> ListFilesAsync(string accountId, string bucketId, ListingRequest request, Action<VersionRow> take) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            using var cursor = new VersionCursor(sql, bucket, FileNames.AfterAll(request.Prefix));
            if (request.StartPlace is { } told && request.StartName.AsSpan().StartsWith(request.Prefix))
            {
                cursor.LeapTo(request.StartName, FindPlace(sql, bucket, request.StartName, told.Number) ?? told);
            }
            else
            {
                cursor.LeapTo(Later(request.StartName, request.Prefix));
            }
            var walk = new ListingWalk(cursor, bucket, request);
            var count = 0;
            for (; walk.TryRead(out var row); count++)
            {
                if (count == request.Count)
                {
                    return new(count, row.ToVersion());
                }
                take(row);
            }
            return new Listing(count, Next: null);
        });

    /// <summary>Lists unfinished large files, the oldest start first.</summary>
    /// <param name="accountId">Whose bucket it is.</param>
    /// <param name="bucketId">The bucket.</param>
    /// <param name="prefix">With what their names begin.</param>
    /// <param name="startNumber">The number of the first that may come.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="take">Is handed each row of the page, on the database's own thread.</param>
    public Task<Listing> ListUnfinishedAsync(
        string accountId,
        string bucketId,
        byte[] prefix,
        long startNumber,
        int count,
        Action<VersionRow> take
    ) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            using var reader = sql.Query(
                $"""
                SELECT {VersionRow.Columns} FROM versions v
                WHERE v.bucket = $1 AND v.action = 3 AND v.number >= $2 AND substr(v.name, 1, length($3)) = $3
                ORDER BY v.number
                """,
                bucket.Row,
                startNumber,
                prefix
            );
            var taken = 0;
            for (; reader.Read(); taken++)
            {
                var row = VersionRow.Read(reader, bucket);
                if (taken == count)
                {
                    return new(taken, row.ToVersion());
                }
                take(row);
            }
            return new Listing(taken, Next: null);
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
