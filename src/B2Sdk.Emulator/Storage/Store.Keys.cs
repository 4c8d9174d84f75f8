using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    private readonly Lock _keyNumberLock = new();
    private long _lastKeyNumber;

    private const int KeyIdLength = 25;
    private const int KeyNumberLength = 10;
    private const string KeyColumns = "id, account, is_master, secret_hash, name, capabilities, buckets, name_prefix, expires";

    /// <summary>Secrets are long and random, so that a plain hash gives nothing away.</summary>
    public static string HashSecret(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>A number for a new key: larger than all before, even of keys that were deleted and before a restart.</summary>
    public long NextKeyNumber()
    {
        lock (_keyNumberLock)
        {
            return _lastKeyNumber = Math.Max(_lastKeyNumber + 1, Now / 1000 << 8);
        }
    }

    public Task<ApplicationKey?> FindKeyAsync(string keyId) =>
        _database.RunAsync(sql => sql.Find($"SELECT {KeyColumns} FROM keys WHERE id = $1", ReadKey, keyId));

    /// <summary>Adds a key, or puts it in place of the one with its id, whose tokens end with it if its secret was another.</summary>
    public Task<ApplicationKey> SaveKeyAsync(ApplicationKey key) =>
        _database.RunAsync(sql =>
        {
            // Buckets are checked here, so that none disappears in between.
            foreach (var bucketId in key.BucketIds ?? [])
            {
                RequireBucket(sql, key.AccountId, bucketId);
            }
            // What another secret has opened stays open no longer than that secret is good.
            sql.Execute(
                "DELETE FROM tokens WHERE key = $1 AND EXISTS (SELECT 1 FROM keys WHERE id = $1 AND secret_hash <> $2)",
                key.Id,
                key.SecretHash
            );
            Insert(sql, key);
            return key;
        });

    /// <summary>Returns living keys that may be listed, in the order of their ids.</summary>
    public Task<List<ApplicationKey>> ListKeysAsync(string accountId, string? startKeyId, bool withSeveralBuckets, int count)
    {
        var now = Now;
        return _database.RunAsync(sql =>
            sql.List(
                $"""
                SELECT {KeyColumns} FROM keys
                WHERE account = $1 AND id >= $2 AND is_master = 0 AND (expires IS NULL OR expires > $3) AND ($4 OR buckets IS NULL OR instr(buckets, ',') = 0)
                ORDER BY id LIMIT $5
                """,
                ReadKey,
                accountId,
                startKeyId ?? "",
                now,
                withSeveralBuckets ? 1 : 0,
                count
            )
        );
    }

    /// <summary>Deletes a key; null when there is none to delete.</summary>
    public Task<ApplicationKey?> DeleteKeyAsync(string accountId, string keyId) =>
        _database.RunAsync(sql =>
        {
            var key = sql.Find(
                $"SELECT {KeyColumns} FROM keys WHERE id = $1 AND account = $2 AND is_master = 0",
                ReadKey,
                keyId,
                accountId
            );
            if (key is not null)
            {
                sql.Execute("DELETE FROM keys WHERE id = $1", keyId);
                sql.Execute("DELETE FROM tokens WHERE key = $1", keyId);
            }
            return key;
        });

    // A clock that is set back must not bring back the ids of keys that exist.
    private void CountOn(string keyId)
    {
        if (
            keyId.Length == KeyIdLength
            && long.TryParse(keyId.AsSpan(^KeyNumberLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
        )
        {
            lock (_keyNumberLock)
            {
                _lastKeyNumber = Math.Max(_lastKeyNumber, number);
            }
        }
    }

    private static void Insert(Sql sql, ApplicationKey key) =>
        sql.Execute(
            $"INSERT OR REPLACE INTO keys ({KeyColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            key.Id,
            key.AccountId,
            key.IsMaster ? 1 : 0,
            key.SecretHash,
            key.Name,
            string.Join(',', key.Capabilities),
            key.BucketIds is null ? null : string.Join(',', key.BucketIds),
            key.NamePrefix,
            key.Expires
        );

    private static ApplicationKey ReadKey(SqliteDataReader row) =>
        new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            IsMaster = row.GetInt64(2) != 0,
            SecretHash = row.GetString(3),
            Name = row.GetString(4),
            Capabilities = row.GetString(5).Split(','),
            BucketIds = row.IsDBNull(6) ? null : row.GetString(6).Split(','),
            NamePrefix = row.IsDBNull(7) ? null : row.GetString(7),
            Expires = row.IsDBNull(8) ? null : row.GetInt64(8),
        };
}
