namespace B2Sdk.Tests.Sqlite;

public sealed class MigrationTests : IDisposable
{
    private const string FirstRow =
        "INSERT INTO account (account_id, application_key, account_auth_token, api_url, download_url, minimum_part_size, realm) "
        + "VALUES ('acc', 'key', 'token', 'https://api.example.com', 'https://f.example.com', 123456789, 'production')";

    private static readonly string[] FirstForm =
    [
        "CREATE TABLE update_done (update_number INT NOT NULL)",
        "CREATE TABLE account (account_id TEXT NOT NULL, application_key TEXT NOT NULL, account_auth_token TEXT NOT NULL, "
            + "api_url TEXT NOT NULL, download_url TEXT NOT NULL, minimum_part_size INT NOT NULL, realm TEXT NOT NULL)",
        "CREATE TABLE bucket (bucket_name TEXT NOT NULL, bucket_id TEXT NOT NULL)",
        "CREATE TABLE bucket_upload_url (bucket_id TEXT NOT NULL, upload_url TEXT NOT NULL, upload_auth_token TEXT NOT NULL)",
    ];

    private static readonly string[] Updates =
    [
        "ALTER TABLE account ADD COLUMN allowed TEXT",
        "ALTER TABLE account ADD COLUMN account_id_or_app_key_id TEXT",
        "ALTER TABLE account ADD COLUMN s3_api_url TEXT",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly AccountFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_account_of_an_older_form_is_read(int updates)
    {
        Make(updates);
        _folder.Run("INSERT INTO bucket VALUES ('bucket-one', 'b1')");
        using var info = new SqliteAccountInfo(_folder.File);

        var loaded = (await info.LoadAsync(Cancellation)).ShouldNotBeNull();

        loaded.ApplicationKeyId.ShouldBe("acc");
        loaded.RecommendedPartSize.ShouldBe(123456789);
        loaded.AbsoluteMinimumPartSize.ShouldBe(5_000_000);
        loaded.S3ApiUrl.ShouldBeNull();
        loaded.Allowed.Buckets.ShouldBeNull();
        loaded.Allowed.Capabilities.Count.ShouldBe(26);
        (await info.FindBucketIdAsync("bucket-one", Cancellation)).ShouldBe("b1");
        _folder.Query("SELECT update_number FROM update_done ORDER BY 1").ShouldBe(["1", "2", "3", "4", "5", "6"]);
    }

    [Theory]
    [InlineData("""{"bucketId": "b1", "bucketName": "bucket-one", "capabilities": ["readFiles"], "namePrefix": "x"}""", "b1")]
    [InlineData("""{"bucketId": null, "bucketName": null, "capabilities": ["readFiles"], "namePrefix": "x"}""", null)]
    public async Task The_one_bucket_of_an_older_key_becomes_a_list(string allowed, string? bucketId)
    {
        Make(3);
        _folder.Run($"UPDATE account SET allowed = '{allowed}'");
        using var info = new SqliteAccountInfo(_folder.File);

        var loaded = (await info.LoadAsync(Cancellation)).ShouldNotBeNull().Allowed;

        loaded.Buckets.ShouldBe(bucketId is null ? null : [new AllowedBucket { Id = bucketId, Name = "bucket-one" }]);
        loaded.Capabilities.ShouldBe([Capability.ReadFiles]);
        loaded.NamePrefix.ShouldBe("x");
        _folder
            .Query("SELECT allowed FROM account")
            .ShouldHaveSingleItem()
            .ShouldContain(bucketId is null ? "\"buckets\":null" : "\"buckets\":[{\"id\":\"b1\"");
    }

    [Fact]
    public async Task Tables_that_were_begun_and_not_finished_are_completed()
    {
        _folder.Run(FirstForm[0]);
        using var info = new SqliteAccountInfo(_folder.File);

        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);

        (await info.LoadAsync(Cancellation)).ShouldNotBeNull().AccountId.ShouldBe("account1");
    }

    [Fact]
    public async Task Many_readers_of_an_older_form_bring_it_up_to_date_once()
    {
        Make(1);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 16),
            Cancellation,
            async (_, token) =>
            {
                using var info = new SqliteAccountInfo(_folder.File);
                (await info.LoadAsync(token)).ShouldNotBeNull();
            }
        );

        _folder.Query("SELECT count(*) FROM update_done").ShouldBe(["6"]);
    }

    private void Make(int updates)
    {
        _folder.Run([.. FirstForm, FirstRow]);
        for (var number = 1; number <= updates; number++)
        {
            _folder.Run(Updates[number - 1], $"INSERT INTO update_done VALUES ({number})");
        }
    }

    public void Dispose() => _folder.Dispose();
}
