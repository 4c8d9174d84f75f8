namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    /// <summary>Keeps a token for after a restart. In memory there is no after, and nothing to do.</summary>
    public Task SaveTokenAsync(StoredToken token) =>
        _temporaryFolder is not null
            ? Task.CompletedTask
            : _database.RunAsync(sql =>
                sql.Execute(
                    "INSERT OR REPLACE INTO tokens (hash, key, kind, expires, target, prefix, overrides) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    token.Hash,
                    token.Key.Id,
                    (int)token.Kind,
                    token.Expires,
                    token.Target,
                    token.Prefix,
                    token.Overrides
                )
            );

    public Task DeleteTokenAsync(string hash) =>
        _temporaryFolder is not null
            ? Task.CompletedTask
            : _database.RunAsync(sql => sql.Execute("DELETE FROM tokens WHERE hash = $1", hash));

    /// <summary>Returns the tokens of keys that still exist, and forgets those that ended before a time.</summary>
    public Task<List<StoredToken>> ListTokensAsync(long endedBefore) =>
        _database.RunAsync(sql =>
        {
            sql.Execute("DELETE FROM tokens WHERE expires < $1", endedBefore);
            var keys = sql.List($"SELECT {KeyColumns} FROM keys WHERE id IN (SELECT key FROM tokens)", ReadKey)
                .ToDictionary(key => key.Id, StringComparer.Ordinal);
            return sql.List(
                "SELECT t.hash, t.key, t.kind, t.expires, t.target, t.prefix, t.overrides FROM tokens t JOIN keys k ON k.id = t.key",
                row => new StoredToken
                {
                    Hash = row.GetString(0),
                    Key = keys[row.GetString(1)],
                    Kind = (char)row.GetInt32(2),
                    Expires = row.GetInt64(3),
                    Target = row.IsDBNull(4) ? null : row.GetString(4),
                    Prefix = row.IsDBNull(5) ? null : row.GetString(5),
                    Overrides = row.IsDBNull(6) ? null : row.GetString(6),
                }
            );
        });
}
