namespace B2Sdk.Emulator.Tests.Control;

/// <summary>A reset makes everything as it was at the start. Each test has an emulator of its own.</summary>
public sealed class ResetTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_reset_only_the_first_key_is_left(bool isDurable)
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await StartAsync(isDurable ? folder.Data : null);
        var other = await emulator.CreateAccountAsync(Cancelled);
        var b2 = await FillAsync(emulator);
        var key = await b2.CreateKeyAsync(["listFiles"]);
        await emulator.Clock.AdvanceAsync(TimeSpan.FromDays(100), Cancelled);
        emulator.Clock.Freeze();

        (await new ControlWire(emulator.Url).PostAsync("reset")).ShouldBeOk();

        emulator.Clock.IsFrozen.ShouldBeFalse();
        emulator.Clock.GetUtcNow().ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, 401, "bad_auth_token");
        (await B2Wire.TryAuthorizeAsync(emulator.Url, other.ApplicationKeyId, other.ApplicationKey)).ShouldBeRefused(401);
        (
            await B2Wire.TryAuthorizeAsync(emulator.Url, B2Wire.Text(key["applicationKeyId"]), B2Wire.Text(key["applicationKey"]))
        ).ShouldBeRefused(401);
        b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_reset_stays_so_after_a_restart_and_its_bytes_are_gone()
    {
        using var folder = new TemporaryFolder();
        await using (var emulator = await StartAsync(folder.Data))
        {
            await FillAsync(emulator);
            TemporaryFolder.BlobBytes(folder.Data).ShouldBeGreaterThan(200_000);
            await emulator.ResetAsync(Cancelled);
        }

        await using (var emulator = await StartAsync(folder.Data))
        {
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray().ShouldBeEmpty();
        }

        TemporaryFolder.BlobBytes(folder.Data).ShouldBe(0);
    }

    [Fact]
    public async Task A_name_is_free_again_and_no_file_id_comes_twice()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var name = EmulatorTest.NewBucketName();
        var before = B2Wire.IdOf(await b2.UploadAsync(await b2.CreateBucketAsync(name), "a"));

        await emulator.ResetAsync(Cancelled);
        b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var after = B2Wire.IdOf(await b2.UploadAsync(await b2.CreateBucketAsync(name), "a"));

        after.Split('_')[2].ShouldNotBe(before.Split('_')[2]);
        (await b2.CallAsync("b2_get_file_info", new() { ["fileId"] = before })).ShouldBeRefused(404);
    }

    [Fact]
    public async Task An_upload_that_a_reset_overtakes_is_refused_and_leaves_no_bytes()
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await StartAsync(folder.Data);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var target = await b2.UploadUrlAsync(await b2.CreateBucketAsync());
        var content = B2Wire.Bytes(300_000, 1);
        await using var slow = await RawConnection.OpenAsync(target.Url);
        await slow.BeginUploadAsync(target, "slow", content.Length, B2Wire.Sha1(content));
        await slow.SendAsync(content[..100_000]);

        await emulator.ResetAsync(Cancelled);
        await slow.SendAsync(content[100_000..]);
        var (status, body) = await slow.ReadReplyAsync();

        status.ShouldBe(400, body);
        body.ShouldContain("bad_bucket_id");
        TemporaryFolder.BlobBytes(folder.Data).ShouldBe(0);
    }

    [Fact]
    public async Task Resets_in_the_middle_of_a_storm_of_uploads_break_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await StartAsync(folder.Data);
        var storm = Enumerable
            .Range(0, 4)
            .Select(async worker =>
            {
                for (var i = 0; i < 15; i++)
                {
                    var reply = await B2Wire.TryAuthorizeAsync(
                        emulator.Url,
                        emulator.Account.ApplicationKeyId,
                        emulator.Account.ApplicationKey
                    );
                    reply.ShouldBeOk();
                    try
                    {
                        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
                        await b2.UploadAsync(await b2.CreateBucketAsync(), $"{worker}-{i}", new string('x', 70_000));
                    }
                    catch (ShouldAssertException e)
                    {
                        // What a reset overtakes is refused as what does not exist.
                        e.Message.ShouldMatch("bad_auth_token|bad_bucket_id");
                    }
                }
            })
            .ToList();

        for (var i = 0; i < 10; i++)
        {
            await emulator.ResetAsync(Cancelled);
        }
        await Task.WhenAll(storm);

        await emulator.ResetAsync(Cancelled);
        var after = await FillAsync(emulator);
        (await after.OkAsync("b2_list_buckets", new() { ["accountId"] = after.AccountId }))["buckets"]!.AsArray().Count.ShouldBe(1);
    }

    internal static async Task<B2Wire> FillAsync(B2Emulator emulator)
    {
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();
        await b2.UploadAsync(bucketId, "small");
        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "large", B2Wire.Bytes(200_001, 7))).ShouldBeOk();
        var unfinished = await b2.StartLargeFileAsync(bucketId, "unfinished");
        (await B2Wire.UploadPartAsync(await b2.PartUrlAsync(unfinished), 1, B2Wire.Bytes(100_001, 8))).ShouldBeOk();
        return b2;
    }

    private static Task<B2Emulator> StartAsync(string? folder = null) =>
        B2Emulator.StartAsync(
            new B2EmulatorOptions { DataDirectory = folder, MinimumPartSize = EmulatorFixture.MinimumPartSize },
            Cancelled
        );
}
