using System.Security.Cryptography;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    private const int MaxBuckets = 100;
    private const string BucketColumns =
        "b.row, b.id, b.account, b.name, b.type, b.info, b.cors_rules, b.lifecycle_rules, b.revision, b.replication, "
        + "b.is_locked, b.default_retention, b.default_encryption";
    private const int BucketColumnCount = 13;

    public static string NewBucketId() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    public Task<Bucket> CreateBucketAsync(Bucket bucket) =>
        _database.RunAsync(sql =>
        {
            var folded = Fold(bucket.Name);
            using (var taken = sql.Query("SELECT 1 FROM buckets WHERE folded_name = $1", folded))
            {
                if (taken.Read())
                {
                    throw new Refusal(400, "duplicate_bucket_name", "Bucket name is already in use.");
                }
            }
            using (var own = sql.Query("SELECT count(*) FROM buckets WHERE account = $1", bucket.AccountId))
            {
                if (own.Read() && own.GetInt64(0) >= MaxBuckets)
                {
                    throw new Refusal(400, "too_many_buckets", $"The account has {MaxBuckets} buckets, which is the limit");
                }
            }
            sql.Execute(
                """
                INSERT INTO buckets (id, account, name, folded_name, type, info, cors_rules, lifecycle_rules, lifecycle_since, revision, replication,
                    is_locked, default_retention, default_encryption)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                """,
                bucket.Id,
                bucket.AccountId,
                bucket.Name,
                folded,
                bucket.Type,
                bucket.Info,
                bucket.CorsRules,
                bucket.LifecycleRules,
                Now,
                bucket.Revision,
                bucket.Replication,
                bucket.IsLocked ? 1 : 0,
                bucket.DefaultRetention,
                (int)bucket.DefaultEncryption
            );
            return bucket;
        });

    public Task<Bucket> GetBucketAsync(string accountId, string bucketId) =>
        _database.RunAsync(sql => RequireBucket(sql, accountId, bucketId));

    /// <summary>Finds anybody's bucket; null when there is none.</summary>
    public Task<Bucket?> FindBucketAsync(string bucketId) => _database.RunAsync(sql => FindBucket(sql, bucketId));

    /// <summary>Finds anybody's bucket by its name in any case.</summary>
    public Task<Bucket?> FindBucketByNameAsync(string name) =>
        _database.RunAsync(sql =>
            sql.Find($"SELECT {BucketColumns} FROM buckets b WHERE b.folded_name = $1", row => ReadBucket(row, 0), Fold(name))
        );

    /// <summary>Returns the account's buckets in the order of their names.</summary>
    public Task<List<Bucket>> ListBucketsAsync(string accountId) =>
        _database.RunAsync(sql =>
            sql.List(
                $"SELECT {BucketColumns} FROM buckets b WHERE b.account = $1 ORDER BY b.folded_name",
                row => ReadBucket(row, 0),
                accountId
            )
        );

    /// <summary>Changes a bucket's settings, unless somebody else has changed them since.</summary>
    public Task<Bucket> UpdateBucketAsync(string accountId, string bucketId, long? ifRevisionIs, Func<Bucket, Bucket> change) =>
        _database.RunAsync(sql =>
        {
            var old = RequireBucket(sql, accountId, bucketId);
            if (ifRevisionIs is { } expected && expected != old.Revision)
            {
                throw new Refusal(409, "conflict", "simultaneous updates to bucket");
            }
            var bucket = change(old) with { Revision = old.Revision + 1 };
            sql.Execute(
                """
                UPDATE buckets SET type = $2, info = $3, cors_rules = $4, lifecycle_rules = $5, revision = $6, replication = $8,
                    lifecycle_since = CASE WHEN lifecycle_rules = $5 THEN lifecycle_since ELSE $7 END,
                    is_locked = $9, default_retention = $10, default_encryption = $11
                WHERE row = $1
                """,
                bucket.Row,
                bucket.Type,
                bucket.Info,
                bucket.CorsRules,
                bucket.LifecycleRules,
                bucket.Revision,
                Now,
                bucket.Replication,
                bucket.IsLocked ? 1 : 0,
                bucket.DefaultRetention,
                (int)bucket.DefaultEncryption
            );
            Replan(sql, bucket, before: old.Replication);
            return bucket;
        });

    public Task<Bucket> DeleteBucketAsync(string accountId, string bucketId) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            using (var versions = sql.Query("SELECT 1 FROM versions WHERE bucket = $1 LIMIT 1", bucket.Row))
            {
                if (versions.Read())
                {
                    throw new Refusal(400, "cannot_delete_non_empty_bucket", "Cannot delete non-empty bucket");
                }
            }
            sql.Execute("DELETE FROM events WHERE bucket = $1", bucket.Row);
            sql.Execute("DELETE FROM notification_rules WHERE bucket = $1", bucket.Row);
            sql.Execute("DELETE FROM buckets WHERE row = $1", bucket.Row);
            return bucket;
        });

    // Names have ASCII letters only.
    private static string Fold(string name) => name.ToLowerInvariant();

    private static Bucket ReadBucket(SqliteDataReader row, int first) =>
        new()
        {
            Row = row.GetInt64(first),
            Id = row.GetString(first + 1),
            AccountId = row.GetString(first + 2),
            Name = row.GetString(first + 3),
            Type = row.GetString(first + 4),
            Info = row.GetString(first + 5),
            CorsRules = row.GetString(first + 6),
            LifecycleRules = row.GetString(first + 7),
            Revision = row.GetInt64(first + 8),
            Replication = row.GetString(first + 9),
            IsLocked = row.GetInt64(first + 10) != 0,
            DefaultRetention = row.GetString(first + 11),
            DefaultEncryption = (EncryptionMode)row.GetInt64(first + 12),
        };
}
