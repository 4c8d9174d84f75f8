namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    // Whoever looks at a bucket of a million files does not wait until they are counted.
    private const int CountedVersions = 10_000;

    /// <summary>Returns the accounts, by their master keys.</summary>
    public Task<List<AccountOverview>> ListAccountsAsync() =>
        _database.RunAsync(sql =>
            sql.List(
                """
                SELECT k.account, k.id, (SELECT count(*) FROM buckets b WHERE b.account = k.account)
                FROM keys k WHERE k.is_master = 1 ORDER BY k.account
                """,
                row => new AccountOverview(row.GetString(0), row.GetString(1), row.GetInt64(2))
            )
        );

    /// <summary>Returns buckets of all accounts, or of one, in the order of their names.</summary>
    public Task<List<BucketOverview>> ListBucketsAsync(string? accountId, int count) =>
        _database.RunAsync(sql =>
            sql.List(
                    $"""
                    SELECT {BucketColumns} FROM buckets b WHERE $1 IS NULL OR b.account = $1 ORDER BY b.folded_name LIMIT $2
                    """,
                    row => ReadBucket(row, 0),
                    accountId,
                    count
                )
                .ConvertAll(bucket => Describe(sql, bucket))
        );

    private static BucketOverview Describe(Sql sql, Bucket bucket)
    {
        using var reader = sql.Query(
            "SELECT count(*), coalesce(sum(length), 0) FROM (SELECT length FROM versions WHERE bucket = $1 LIMIT $2)",
            bucket.Row,
            CountedVersions
        );
        reader.Read();
        var versions = reader.GetInt64(0);
        return new(bucket.Id, bucket.Name, bucket.Type, bucket.AccountId, versions, reader.GetInt64(1), versions == CountedVersions);
    }
}
