namespace B2Sdk.Emulator.Tests;

/// <summary>With a data folder, what was handed out opens the same after a restart, and what was taken back does not.</summary>
public sealed class KeptTokenTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tokens_and_upload_urls_outlive_a_restart()
    {
        B2Wire b2;
        string bucketId;
        UploadTarget target;
        string link;
        int port;
        var name = EmulatorTest.NewBucketName();
        await using (var emulator = await StartAsync())
        {
            port = emulator.Url.Port;
            b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            bucketId = await b2.CreateBucketAsync(name);
            target = await b2.UploadUrlAsync(bucketId);
            link = await b2.DownloadTokenAsync(bucketId, "a", more: new() { ["b2ContentType"] = "text/css" });
        }

        await using var again = await StartAsync(port);

        (await B2Wire.UploadAsync(target, "a", [1])).ShouldBeOk();
        (await b2.NamesAsync(bucketId)).Count.ShouldBe(1);
        (await b2.DownloadByNameAsync(name, "a", "b2ContentType=text/css", token: link)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "a", token: link)).ShouldBeRefused(401, "unauthorized");
        (await b2.DownloadByNameAsync(name, "b", token: link)).ShouldBeRefused(401, "unauthorized");
    }

    [Fact]
    public async Task What_was_taken_back_stays_so()
    {
        B2Wire limited;
        UploadTarget dead;
        int port;
        await using (var emulator = await StartAsync())
        {
            port = emulator.Url.Port;
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            var bucketId = await b2.CreateBucketAsync();
            dead = await b2.UploadUrlAsync(bucketId);
            (await B2Wire.UploadAsync(dead, "a", [1], ("X-Bz-Content-Sha1", new string('0', 40)))).ShouldBeRefused(400);
            limited = await b2.WithKeyAsync(["listBuckets"]);
            await b2.OkAsync("b2_delete_key", new() { ["applicationKeyId"] = limited.KeyId });
        }

        await using var again = await StartAsync(port);

        (await B2Wire.UploadAsync(dead, "a", [1])).ShouldBeRefused(401, "bad_auth_token");
        await limited.RefusedAsync("b2_list_buckets", new() { ["accountId"] = limited.AccountId }, 401, "bad_auth_token");
    }

    [Fact]
    public async Task A_folder_that_is_opened_with_another_key_ends_what_the_old_one_opened_and_nothing_else()
    {
        B2Wire b2;
        B2Wire limited;
        string bucketId;
        UploadTarget target;
        EmulatorAccount old;
        int port;
        await using (var emulator = await StartAsync())
        {
            (port, old) = (emulator.Url.Port, emulator.Account);
            b2 = await B2Wire.AuthorizeAsync(emulator.Url, old);
            bucketId = await b2.CreateBucketAsync();
            target = await b2.UploadUrlAsync(bucketId);
            limited = await b2.WithKeyAsync(["listFiles"]);
        }

        await using var again = await B2Emulator.StartAsync(
            new()
            {
                DataDirectory = _folder.Data,
                Port = port,
                ApplicationKey = "AnotherKey",
            },
            Cancelled
        );

        await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, 401, "bad_auth_token");
        (await B2Wire.UploadAsync(target, "a", [1])).ShouldBeRefused(401, "bad_auth_token");
        (await B2Wire.TryAuthorizeAsync(again.Url, old.ApplicationKeyId, old.ApplicationKey)).ShouldBeRefused(401);
        (await (await B2Wire.AuthorizeAsync(again.Url, again.Account)).NamesAsync(bucketId)).ShouldBeEmpty();
        (await limited.NamesAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_token_is_written_to_the_disk()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var target = await b2.UploadUrlAsync(await b2.CreateBucketAsync());
        await _folder.CopyAsync(Cancelled);

        var files = Directory
            .EnumerateFiles(_folder.Copy, "*", SearchOption.AllDirectories)
            .Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)))
            .ToList();

        files.ShouldContain(text => text.Contains(b2.AccountId, StringComparison.Ordinal));
        files.ShouldAllBe(text => !text.Contains(b2.Token, StringComparison.Ordinal));
        files.ShouldAllBe(text => !text.Contains(target.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_reset_no_token_comes_back()
    {
        B2Wire b2;
        int port;
        await using (var emulator = await StartAsync())
        {
            port = emulator.Url.Port;
            b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            await emulator.ResetAsync(Cancelled);
        }

        await using var again = await StartAsync(port);

        await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, 401, "bad_auth_token");
    }

    private Task<B2Emulator> StartAsync(int port = 0) =>
        B2Emulator.StartAsync(new() { DataDirectory = _folder.Data, Port = port }, Cancelled);
}
