using System.Text;

namespace B2Sdk.Tests.Sqlite;

public sealed class SqliteAccountInfoTests : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly AccountFolder _folder = new();

    [Fact]
    public async Task What_was_saved_is_loaded_by_another_object()
    {
        var saved = AccountFolder.Authorization();
        using (var info = new SqliteAccountInfo(_folder.File))
        {
            await info.SaveAsync(saved, Cancellation);
        }

        using var other = new SqliteAccountInfo(_folder.File);
        var loaded = (await other.LoadAsync(Cancellation)).ShouldNotBeNull();

        loaded.Allowed.Buckets.ShouldBe(saved.Allowed.Buckets);
        loaded.Allowed.Capabilities.ShouldBe(saved.Allowed.Capabilities);
        loaded.Allowed.NamePrefix.ShouldBe("photos/");
        (loaded with { Allowed = saved.Allowed }).ShouldBe(saved);
    }

    [Fact]
    public async Task Reading_makes_no_file()
    {
        using var info = new SqliteAccountInfo(_folder.In("nowhere/account_info"));

        (await info.LoadAsync(Cancellation)).ShouldBeNull();
        (await info.ListBucketsAsync(Cancellation)).ShouldBeEmpty();
        (await info.FindBucketIdAsync("bucket", Cancellation)).ShouldBeNull();
        await info.ClearAsync(Cancellation);

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_exists_and_is_empty_holds_no_account()
    {
        await File.WriteAllBytesAsync(_folder.File, [], Cancellation);
        using var info = new SqliteAccountInfo(_folder.File);

        (await info.LoadAsync(Cancellation)).ShouldBeNull();

        new FileInfo(_folder.File).Length.ShouldBe(0);
    }

    [Fact]
    public async Task The_tables_are_those_of_the_Python_tools()
    {
        using var info = new SqliteAccountInfo(_folder.File);

        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);
        await info.SaveBucketAsync(new() { Name = "bucket-one", Id = "b1" }, Cancellation);

        _folder.Query("SELECT update_number FROM update_done ORDER BY update_number").ShouldBe(["1", "2", "3", "4", "5", "6"]);
        _folder
            .Query(
                """
                SELECT account_id, application_key, account_auth_token, api_url, download_url, absolute_minimum_part_size, recommended_part_size, realm,
                    account_id_or_app_key_id, s3_api_url FROM account
                """
            )
            .ShouldBe([
                "account1|the-key-itself|the-token-itself|https://api001.example.com|https://f001.example.com|5000000|100000000|production|keyId1|https://s3.example.com",
            ]);
        _folder
            .Query("SELECT allowed FROM account")
            .ShouldBe([
                """{"buckets":[{"id":"b1","name":"bucket-one"},{"id":"b2","name":null}],"capabilities":["listBuckets","readFiles"],"namePrefix":"photos/","bucketId":null,"bucketName":null}""",
            ]);
        _folder.Query("SELECT bucket_name, bucket_id FROM bucket").ShouldBe(["bucket-one|b1"]);
        _folder.Query("SELECT * FROM bucket_upload_url").ShouldBeEmpty();
    }

    [Fact]
    public async Task Authorizing_the_same_account_again_keeps_the_buckets_and_another_one_drops_them()
    {
        using var info = new SqliteAccountInfo(_folder.File);
        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);
        await info.SaveBucketAsync(new() { Name = "bucket-one", Id = "b1" }, Cancellation);

        await info.SaveAsync(AccountFolder.Authorization() with { AuthorizationToken = "newer" }, Cancellation);
        (await info.FindBucketIdAsync("BUCKET-one", Cancellation)).ShouldBe("b1");

        await info.SaveAsync(AccountFolder.Authorization(realm: "staging"), Cancellation);
        (await info.ListBucketsAsync(Cancellation)).ShouldBeEmpty();
        _folder.Query("SELECT count(*) FROM account").ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_bucket_that_was_made_again_replaces_the_one_of_its_name()
    {
        using var info = new SqliteAccountInfo(_folder.File);
        await info.SaveBucketAsync(new() { Name = "bucket-one", Id = "b1" }, Cancellation);

        await info.SaveBucketAsync(new() { Name = "Bucket-One", Id = "b2" }, Cancellation);

        (await info.ListBucketsAsync(Cancellation)).ShouldBe([new BucketNameAndId { Name = "Bucket-One", Id = "b2" }]);
        (await info.FindBucketNameAsync("b1", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task The_map_can_be_replaced_and_a_bucket_taken_out()
    {
        using var info = new SqliteAccountInfo(_folder.File);
        await info.SaveBucketAsync(new() { Name = "old", Id = "b0" }, Cancellation);

        await info.ReplaceBucketsAsync([new() { Name = "second", Id = "b2" }, new() { Name = "first", Id = "b1" }], Cancellation);
        (await info.ListBucketsAsync(Cancellation)).Select(bucket => bucket.Name).ShouldBe(["first", "second"]);

        await info.RemoveBucketAsync("b1", Cancellation);
        await info.RemoveBucketAsync("b1", Cancellation);
        (await info.ListBucketsAsync(Cancellation)).Select(bucket => bucket.Name).ShouldBe(["second"]);
    }

    [Fact]
    public async Task Clearing_forgets_everything_and_leaves_no_trace_of_the_key()
    {
        using var info = new SqliteAccountInfo(_folder.File);
        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);
        await info.SaveBucketAsync(new() { Name = "bucket-one", Id = "b1" }, Cancellation);

        await info.ClearAsync(Cancellation);

        (await info.LoadAsync(Cancellation)).ShouldBeNull();
        (await info.ListBucketsAsync(Cancellation)).ShouldBeEmpty();
        var bytes = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(_folder.File, Cancellation));
        bytes.ShouldNotContain("the-key-itself");
        bytes.ShouldNotContain("the-token-itself");
    }

    [Fact]
    public async Task Two_objects_on_one_file_see_what_the_other_wrote()
    {
        using var one = new SqliteAccountInfo(_folder.File);
        using var two = new SqliteAccountInfo(_folder.File);

        await one.SaveAsync(AccountFolder.Authorization(), Cancellation);
        await two.SaveBucketAsync(new() { Name = "bucket-one", Id = "b1" }, Cancellation);

        (await two.LoadAsync(Cancellation)).ShouldNotBeNull();
        (await one.FindBucketNameAsync("b1", Cancellation)).ShouldBe("bucket-one");
    }

    [Fact]
    public async Task Many_objects_and_threads_lose_nothing_and_meet_no_lock()
    {
        var infos = Enumerable.Range(0, 8).Select(_ => new SqliteAccountInfo(_folder.File)).ToList();
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, 160),
                new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation },
                async (number, token) =>
                {
                    var info = infos[number % infos.Count];
                    await info.SaveBucketAsync(new() { Name = $"bucket-{number:D3}", Id = $"id{number:D3}" }, token);
                    (await info.FindBucketIdAsync($"bucket-{number:D3}", token)).ShouldBe($"id{number:D3}");
                }
            );

            (await infos[0].ListBucketsAsync(Cancellation)).Count.ShouldBe(160);
        }
        finally
        {
            infos.ForEach(info => info.Dispose());
        }
    }

    [Fact]
    public async Task Many_who_authorize_at_once_leave_one_whole_account()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 40),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation },
            async (number, token) =>
            {
                using var info = new SqliteAccountInfo(_folder.File);
                await info.SaveAsync(AccountFolder.Authorization() with { AuthorizationToken = $"token{number}" }, token);
                (await info.LoadAsync(token)).ShouldNotBeNull().AccountId.ShouldBe("account1");
            }
        );

        _folder.Query("SELECT count(*) FROM account").ShouldBe(["1"]);
        _folder.Query("SELECT count(*) FROM update_done").ShouldBe(["6"]);
    }

    [Fact]
    public async Task A_wait_that_is_canceled_ends()
    {
        using var info = new SqliteAccountInfo(_folder.File);
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await info.SaveAsync(AccountFolder.Authorization(), canceled.Token)
        );

        File.Exists(_folder.File).ShouldBeFalse();
    }

    [Fact]
    public void A_name_and_a_profile_together_are_refused() =>
        Should.Throw<ArgumentException>(() => new SqliteAccountInfo(_folder.File, "work"));

    public void Dispose() => _folder.Dispose();
}
