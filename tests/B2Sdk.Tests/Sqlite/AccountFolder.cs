using Microsoft.Data.Sqlite;

namespace B2Sdk.Tests.Sqlite;

/// <summary>A folder of its own for each test, and accounts to keep in it.</summary>
internal sealed class AccountFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("b2-account-").FullName;

    public string File => In("account_info");

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public static AccountAuthorization Authorization(string accountId = "account1", string realm = "production") =>
        new()
        {
            AccountId = accountId,
            ApplicationKeyId = "keyId1",
            ApplicationKey = "the-key-itself",
            AuthorizationToken = "the-token-itself",
            Realm = realm,
            ApiUrl = new("https://api001.example.com"),
            DownloadUrl = new("https://f001.example.com"),
            S3ApiUrl = new("https://s3.example.com"),
            RecommendedPartSize = 100_000_000,
            AbsoluteMinimumPartSize = 5_000_000,
            Allowed = new()
            {
                Buckets = [new() { Id = "b1", Name = "bucket-one" }, new() { Id = "b2" }],
                Capabilities = [Capability.ListBuckets, Capability.ReadFiles],
                NamePrefix = "photos/",
            },
        };

    /// <summary>Gives a file the rights that the Python tools give it.</summary>
    public static void OwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows() && System.IO.File.Exists(path))
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        OwnerOnly(File);
        return connection;
    }

    public void Run(params string[] statements)
    {
        using var connection = Open();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of the tests themselves.
            command.CommandText = statement;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }

    public List<string> Query(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of the tests themselves.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column))));
        }
        return rows;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
