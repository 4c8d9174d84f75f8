using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    // The most that each account may have. What is deleted is taken off only when it matters, so that nobody who deletes has to know of caps. Used by the database's thread alone.
    private readonly Dictionary<string, decimal> _mostStored = new(StringComparer.Ordinal);

    /// <summary>Tells whether an account may store so many bytes more.</summary>
    public Task<bool> HasRoomAsync(string accountId, long bytes) =>
        _options.StorageCap() is { } cap ? _database.RunAsync(sql => HasRoom(sql, accountId, bytes, cap)) : Task.FromResult(true);

    /// <summary>Counts bytes that are about to be stored.</summary>
    /// <exception cref="Refusal">They are too many.</exception>
    private void TakeRoom(Sql sql, string accountId, long bytes)
    {
        if (bytes == 0)
        {
            return;
        }
        if (_options.StorageCap() is not { } cap)
        {
            // A cap that is set later must not go by what was counted before this.
            _mostStored.Remove(accountId);
            return;
        }
        if (!HasRoom(sql, accountId, bytes, cap))
        {
            // What was just counted may be undone.
            _mostStored.Remove(accountId);
            throw Refusal.CapExceeded();
        }
        _mostStored[accountId] += bytes;
    }

    private bool HasRoom(Sql sql, string accountId, long bytes, long cap)
    {
        if (_mostStored.TryGetValue(accountId, out var most) && most + bytes <= cap)
        {
            return true;
        }
        most = Count(sql, accountId);
        _mostStored[accountId] = most;
        return most + bytes <= cap;
    }

    /// <summary>Counts what an account has: all versions, and the parts of unfinished files.</summary>
    private static decimal Count(Sql sql, string accountId)
    {
        // As B2 counts: what shares bytes here counts in full. Total, unlike sum, does not overflow.
        using var reader = sql.Query(
            """
            SELECT
                (SELECT total(v.length) FROM buckets b JOIN versions v ON v.bucket = b.row WHERE b.account = $1)
                + (SELECT total(s.length) FROM buckets b JOIN versions v ON v.bucket = b.row AND v.action = 3
                    JOIN segments s ON s.version = v.number WHERE b.account = $1)
            """,
            accountId
        );
        reader.Read();
        return (decimal)reader.GetDouble(0);
    }
}
