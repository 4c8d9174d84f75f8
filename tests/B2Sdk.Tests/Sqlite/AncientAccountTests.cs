namespace B2Sdk.Tests.Sqlite;

public sealed class AncientAccountTests : IDisposable
{
    private const string Ancient = """
        {
            "account_auth_token": "token", "account_id": "acc", "api_url": "https://api.example.com", "application_key": "key",
            "bucket_names_to_ids": {}, "download_url": "https://f.example.com", "minimum_part_size": 100000000, "realm": "production"
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly AccountFolder _folder = new();

    [Fact]
    public async Task An_account_in_JSON_becomes_a_database()
    {
        await WriteAsync(Ancient);
        using var info = new SqliteAccountInfo(_folder.File);

        var loaded = (await info.LoadAsync(Cancellation)).ShouldNotBeNull();

        (loaded.AccountId, loaded.ApplicationKeyId, loaded.ApplicationKey.Reveal()).ShouldBe(("acc", "acc", "key"));
        loaded.RecommendedPartSize.ShouldBe(100_000_000);
        loaded.Allowed.Capabilities.Count.ShouldBe(26);
        _folder.Query("SELECT account_id FROM account").ShouldBe(["acc"]);
        Directory.GetFiles(_folder.Path).ShouldBe([_folder.File]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder.File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Another_account_can_be_saved_over_one_in_JSON()
    {
        await WriteAsync(Ancient);
        using var info = new SqliteAccountInfo(_folder.File);

        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);

        (await info.LoadAsync(Cancellation)).ShouldNotBeNull().AccountId.ShouldBe("account1");
    }

    [Fact]
    public async Task Many_who_find_one_in_JSON_convert_it_once()
    {
        await WriteAsync(Ancient);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 16),
            Cancellation,
            async (number, token) =>
            {
                using var info = new SqliteAccountInfo(_folder.File);
                await info.SaveBucketAsync(new() { Name = $"bucket-{number}", Id = $"id{number}" }, token);
            }
        );

        _folder.Query("SELECT count(*) FROM bucket").ShouldBe(["16"]);
        _folder.Query("SELECT count(*) FROM account").ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("account_id")]
    [InlineData("realm")]
    [InlineData("minimum_part_size")]
    public async Task One_in_JSON_that_lacks_something_is_reported_and_left_alone(string member)
    {
        var incomplete = Ancient.Replace($"\"{member}\"", "\"something_else\"", StringComparison.Ordinal);
        await WriteAsync(incomplete);
        using var info = new SqliteAccountInfo(_folder.File);

        await Should.ThrowAsync<CorruptAccountInfoException>(async () => await info.LoadAsync(Cancellation));
        await Should.ThrowAsync<CorruptAccountInfoException>(async () => await info.SaveAsync(AccountFolder.Authorization(), Cancellation));

        (await File.ReadAllTextAsync(_folder.File, Cancellation)).ShouldBe(incomplete);
        Directory.GetFiles(_folder.Path).ShouldBe([_folder.File]);
    }

    private async Task WriteAsync(string content)
    {
        await File.WriteAllTextAsync(_folder.File, content, Cancellation);
        AccountFolder.OwnerOnly(_folder.File);
    }

    public void Dispose() => _folder.Dispose();
}
