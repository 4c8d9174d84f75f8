using B2Sdk.Sqlite;
using Microsoft.Data.Sqlite;

namespace B2Sdk;

/// <summary>Account info in a file that the Python tools (b2sdk and its command line) use too: who is logged in there is logged in here.</summary>
/// <remarks>
/// <para>Thread-safe, and safe between processes. Not for network file systems, which cannot lock.</para>
/// <para>The file holds the key in clear and is made for its owner alone; one that exists keeps its permissions, and is refused when it is open to every user of the machine.
/// Reading never makes one.</para>
/// <para>Whatever touches the file can fail with a <see cref="CorruptAccountInfoException"/> when it is not an account file, is damaged, or was written by a newer tool, and with an
/// <see cref="IOException"/> when it cannot be read or written, or is open to every user of this machine.</para>
/// </remarks>
public sealed class SqliteAccountInfo : AccountInfo, IDisposable
{
    private readonly AccountDatabase _database;

    /// <summary>Names the file. Nothing is opened yet.</summary>
    /// <param name="fileName">The file; a leading <c>~</c> is the home folder. Null to find it by the profile and the environment, see <see cref="FindFileName"/>.</param>
    /// <param name="profile">The profile, 1 to 64 letters, digits, hyphens and underscores; null for the default one.</param>
    /// <exception cref="ArgumentException">Both are given, the profile is no such name, or one is given while <c>B2_ACCOUNT_INFO</c> names a file.</exception>
    public SqliteAccountInfo(string? fileName = null, string? profile = null)
    {
        if (fileName is not null && profile is not null)
        {
            throw new ArgumentException("Give a file name or a profile, not both.", nameof(profile));
        }
        _database = new(fileName is null ? FindFileName(profile) : AccountFile.Expand(fileName, Environment.GetEnvironmentVariable));
    }

    /// <summary>The file's full path, whether or not it exists.</summary>
    public string FileName => _database.FileName;

    /// <summary>Returns the full path of the file that belongs to a profile. Nothing is opened.</summary>
    /// <remarks>
    /// The first that fits: <c>B2_ACCOUNT_INFO</c>; without a profile <c>~/.b2_account_info</c> if it exists; on Linux, or when <c>XDG_CONFIG_HOME</c> is set, <c>b2/account_info</c> or
    /// <c>b2/db-PROFILE.sqlite</c> in that folder or in <c>~/.config</c>; <c>~/.b2_account_info</c> or <c>~/.b2db-PROFILE.sqlite</c>. The profile comes from
    /// <c>B2_ACCOUNT_INFO_PROFILE</c> when it is not given.
    /// </remarks>
    /// <param name="profile">The profile; null for the default one.</param>
    /// <param name="environment">Looks up environment variables; null for those of this process.</param>
    /// <exception cref="ArgumentException">The profile is no such name, or was given while <c>B2_ACCOUNT_INFO</c> names a file.</exception>
    public static string FindFileName(string? profile = null, Func<string, string?>? environment = null) =>
        AccountFile.Find(
            profile,
            environment ?? Environment.GetEnvironmentVariable,
            isXdgSystem: !OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS()
        );

    /// <inheritdoc/>
    /// <exception cref="CorruptAccountInfoException">The file is not an account file, is damaged, or was written by a newer tool.</exception>
    /// <exception cref="IOException">The file cannot be read, or is open to every user of this machine.</exception>
    public override ValueTask<AccountAuthorization?> LoadAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(
            connection =>
                connection
                    .ReadAll(
                        """
                        SELECT account_id, account_id_or_app_key_id, application_key, account_auth_token, realm, api_url, download_url, s3_api_url,
                            recommended_part_size, absolute_minimum_part_size, allowed
                        FROM account LIMIT 1
                        """,
                        ReadAuthorization
                    )
                    .FirstOrDefault(),
            cancellationToken
        );

    /// <inheritdoc/>
    /// <exception cref="CorruptAccountInfoException">The file is not an account file, is damaged, or was written by a newer tool.</exception>
    /// <exception cref="IOException">The file cannot be written, or is open to every user of this machine.</exception>
    public override async ValueTask SaveAsync(AccountAuthorization authorization, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        await _database
            .WriteAsync(
                connection =>
                {
                    var isSameAccount =
                        connection
                            .ReadAll(
                                "SELECT 1 FROM account WHERE account_id = $account AND realm = $realm",
                                row => row.GetInt32(0),
                                ("$account", authorization.AccountId),
                                ("$realm", authorization.Realm)
                            )
                            .Count > 0;
                    if (!isSameAccount)
                    {
                        connection.Execute("DELETE FROM bucket");
                    }
                    connection.Execute("DELETE FROM bucket_upload_url");
                    connection.Execute("DELETE FROM account");
                    InsertAuthorization(connection, authorization);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="CorruptAccountInfoException">The file is not an account file, is damaged, or was written by a newer tool.</exception>
    /// <exception cref="IOException">The file cannot be written, or is open to every user of this machine.</exception>
    public override async ValueTask ClearAsync(CancellationToken cancellationToken = default)
    {
        if (!AccountFile.Exists(FileName))
        {
            return;
        }
        await _database
            .WriteAsync(
                connection =>
                {
                    connection.Execute("DELETE FROM account");
                    connection.Execute("DELETE FROM bucket");
                    connection.Execute("DELETE FROM bucket_upload_url");
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask<string?> FindBucketIdAsync(string bucketName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucketName);
        // The Python tools can leave several rows for a name; the latest is right.
        return _database.ReadAsync(
            connection =>
                connection
                    .ReadAll(
                        "SELECT bucket_id FROM bucket WHERE bucket_name = $name COLLATE NOCASE ORDER BY rowid DESC LIMIT 1",
                        row => row.GetString(0),
                        ("$name", bucketName)
                    )
                    .FirstOrDefault(),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public override ValueTask<string?> FindBucketNameAsync(string bucketId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucketId);
        return _database.ReadAsync(
            connection =>
                connection
                    .ReadAll(
                        "SELECT bucket_name FROM bucket WHERE bucket_id = $id ORDER BY rowid DESC LIMIT 1",
                        row => row.GetString(0),
                        ("$id", bucketId)
                    )
                    .FirstOrDefault(),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<BucketNameAndId>> ListBucketsAsync(CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(ReadBuckets, cancellationToken).ConfigureAwait(false) ?? [];

    /// <inheritdoc/>
    public override async ValueTask SaveBucketAsync(BucketNameAndId bucket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        // Most buckets are in the map already, and reading disturbs nobody.
        var known = await _database.ReadAsync(ReadBuckets, cancellationToken).ConfigureAwait(false) ?? [];
        if (known.Where(other => other.Id == bucket.Id || IsNamed(other, bucket.Name)).ToList() is [var only] && only == bucket)
        {
            return;
        }
        await _database
            .WriteAsync(
                connection =>
                {
                    connection.Execute(
                        "DELETE FROM bucket WHERE bucket_id = $id OR bucket_name = $name COLLATE NOCASE",
                        ("$id", bucket.Id),
                        ("$name", bucket.Name)
                    );
                    InsertBucket(connection, bucket);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask ReplaceBucketsAsync(
        IReadOnlyCollection<BucketNameAndId> buckets,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(buckets);
        var known = await _database.ReadAsync(ReadBuckets, cancellationToken).ConfigureAwait(false) ?? [];
        if (known.SequenceEqual(buckets.OrderBy(bucket => bucket.Name, StringComparer.Ordinal)))
        {
            return;
        }
        await _database
            .WriteAsync(
                connection =>
                {
                    connection.Execute("DELETE FROM bucket");
                    foreach (var bucket in buckets)
                    {
                        InsertBucket(connection, bucket);
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask RemoveBucketAsync(string bucketId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucketId);
        if (await FindBucketNameAsync(bucketId, cancellationToken).ConfigureAwait(false) is null)
        {
            return;
        }
        await _database
            .WriteAsync(connection => connection.Execute("DELETE FROM bucket WHERE bucket_id = $id", ("$id", bucketId)), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lets go of what is held in memory. The file stays.</summary>
    public void Dispose() => _database.Dispose();

    private static AccountAuthorization ReadAuthorization(SqliteDataReader row)
    {
        var accountId = row.GetString(0);
        return new()
        {
            AccountId = accountId,
            ApplicationKeyId = row.IsDBNull(1) ? accountId : row.GetString(1),
            ApplicationKey = row.GetString(2),
            AuthorizationToken = row.GetString(3),
            Realm = row.GetString(4),
            ApiUrl = new(row.GetString(5)),
            DownloadUrl = new(row.GetString(6)),
            S3ApiUrl = row.IsDBNull(7) || row.GetString(7).Length == 0 ? null : new(row.GetString(7)),
            RecommendedPartSize = row.GetInt64(8),
            AbsoluteMinimumPartSize = row.GetInt64(9),
            Allowed = AllowedJson.Read(row.IsDBNull(10) ? null : row.GetString(10)),
        };
    }

    internal static void InsertAuthorization(SqliteConnection connection, AccountAuthorization authorization) =>
        connection.Execute(
            """
            INSERT INTO account (account_id, account_id_or_app_key_id, application_key, account_auth_token, realm, api_url, download_url, s3_api_url,
                recommended_part_size, absolute_minimum_part_size, allowed)
            VALUES ($account, $keyId, $key, $token, $realm, $api, $download, $s3, $recommended, $minimum, $allowed)
            """,
            ("$account", authorization.AccountId),
            ("$keyId", authorization.ApplicationKeyId),
            ("$key", authorization.ApplicationKey.Reveal()),
            ("$token", authorization.AuthorizationToken.Reveal()),
            ("$realm", authorization.Realm),
            ("$api", authorization.ApiUrl.OriginalString),
            ("$download", authorization.DownloadUrl.OriginalString),
            ("$s3", authorization.S3ApiUrl?.OriginalString ?? ""),
            ("$recommended", authorization.RecommendedPartSize),
            ("$minimum", authorization.AbsoluteMinimumPartSize),
            ("$allowed", AllowedJson.Write(authorization.Allowed))
        );

    private static IReadOnlyList<BucketNameAndId> ReadBuckets(SqliteConnection connection) =>
        connection.ReadAll(
            "SELECT bucket_name, bucket_id FROM bucket ORDER BY bucket_name",
            row => new BucketNameAndId { Name = row.GetString(0), Id = row.GetString(1) }
        );

    private static void InsertBucket(SqliteConnection connection, BucketNameAndId bucket) =>
        connection.Execute("INSERT INTO bucket (bucket_name, bucket_id) VALUES ($name, $id)", ("$name", bucket.Name), ("$id", bucket.Id));

    private static bool IsNamed(BucketNameAndId bucket, string name) =>
        string.Equals(bucket.Name, name, StringComparison.OrdinalIgnoreCase);
}
