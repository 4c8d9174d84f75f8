namespace B2Sdk.Emulator.Tests;

/// <summary>An emulator with a data folder: what it acknowledged is there after any end, and nothing else is.</summary>
public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Locks_hold_and_keys_are_recognized_after_a_restart()
    {
        var until = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds();
        EmulatorAccount account;
        JsonObject file;
        string bucketId;
        string before;
        await using (var emulator = await StartAsync())
        {
            account = await emulator.CreateAccountAsync(Cancelled);
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, account);
            bucketId = await b2.CreateLockedBucketAsync();
            await b2.UpdateBucketAsync(bucketId, "defaultServerSideEncryption", B2Wire.ServiceSetting());
            await b2.UpdateBucketAsync(
                bucketId,
                "defaultRetention",
                JsonNode.Parse("""{"mode":"governance","period":{"duration":1,"unit":"days"}}""")
            );
            (string, string)[] headers =
            [
                .. B2Wire.KeyHeaders(1),
                .. B2Wire.RetentionHeaders("compliance", until),
                ("X-Bz-File-Legal-Hold", "off"),
            ];
            file = await b2.UploadAsync(bucketId, "a", headers: headers);
            before = (await b2.BucketAsync(bucketId)).ToJsonString();
            await emulator.StopAsync(Cancelled);
        }

        await using var again = await StartAsync();
        var wire = await B2Wire.AuthorizeAsync(again.Url, account);

        (await wire.BucketAsync(bucketId)).ToJsonString().ShouldBe(before);
        (await wire.InfoAsync(file)).ToJsonString().ShouldBe(file.ToJsonString());
        (await wire.DownloadByIdAsync(B2Wire.IdOf(file), headers: B2Wire.KeyHeaders(2))).ShouldBeRefused(403);
        (await wire.DownloadByIdAsync(B2Wire.IdOf(file), headers: B2Wire.KeyHeaders(1))).ShouldBeOk().Text.ShouldBe("hello");
        await wire.RefusedAsync("b2_delete_file_version", B2Wire.Deletion(file, bypass: true), 401, "access_denied");
        (await wire.UploadAsync(bucketId, "b"))["serverSideEncryption"]!["mode"]!.GetValue<string>().ShouldBe("SSE-B2");
    }

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        string before;
        string keyId;
        string key;
        EmulatorAccount account;
        string large;
        var name = EmulatorTest.NewBucketName();
        await using (var emulator = await StartAsync())
        {
            account = await emulator.CreateAccountAsync(Cancelled);
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, account);
            var bucketId = await b2.CreateBucketAsync(name);
            await b2.UploadAsync(bucketId, "a", "old", ("X-Bz-Info-author", "Zo%C3%AB"));
            await b2.UploadAsync(bucketId, "a", "young");
            await b2.UploadAsync(bucketId, "𐀀/ä", "");
            await b2.UploadLargeFileAsync(bucketId, "large", B2Wire.Bytes(100, 1), [2]);
            await b2.UploadAsync(bucketId, "hidden");
            await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "hidden" });
            large = await b2.StartLargeFileAsync(bucketId, "unfinished");
            (await B2Wire.UploadPartAsync(await b2.PartUrlAsync(large), 1, B2Wire.Bytes(100, 3))).ShouldBeOk();
            var made = await b2.CreateKeyAsync(["listFiles", "readFiles"], [bucketId], "a");
            (keyId, key) = (B2Wire.Text(made["applicationKeyId"]), B2Wire.Text(made["applicationKey"]));
            before = await DescribeAsync(b2, bucketId);
            await emulator.StopAsync(Cancelled);
        }

        await using var again = await StartAsync();
        var wire = await B2Wire.AuthorizeAsync(again.Url, account);
        var bucket = await wire.OkAsync("b2_list_buckets", new() { ["accountId"] = wire.AccountId, ["bucketName"] = name });
        var id = B2Wire.Text(bucket["buckets"]![0]!["bucketId"]);

        (await DescribeAsync(wire, id)).ShouldBe(before);
        (await wire.DownloadByNameAsync(name, "a")).ShouldBeOk().Text.ShouldBe("young");
        (await wire.DownloadByNameAsync(name, "large")).ShouldBeOk().Body.Length.ShouldBe(101);
        (await wire.DownloadByNameAsync(name, "𐀀/ä")).ShouldBeOk().Body.ShouldBeEmpty();
        (await B2Wire.UploadPartAsync(await wire.PartUrlAsync(large), 2, [4])).ShouldBeOk();
        await wire.FinishAsync(large, B2Wire.Bytes(100, 3), [4]);
        (await wire.DownloadByIdAsync(large)).ShouldBeOk().Body.ShouldBe([.. B2Wire.Bytes(100, 3), 4]);
        var limited = await B2Wire.AuthorizeAsync(again.Url, keyId, key);
        (await limited.DownloadByNameAsync(name, "a")).ShouldBeOk();
        (await limited.DownloadByNameAsync(name, "large")).ShouldBeRefused(401);
        await wire.UploadAsync(id, "a", "youngest");
        (await wire.DownloadByNameAsync(name, "a")).Text.ShouldBe("youngest");
    }

    [Fact]
    public async Task The_account_made_at_start_is_the_same_after_a_restart()
    {
        string bucketId;
        await using (var emulator = await StartAsync())
        {
            bucketId = await (await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account)).CreateBucketAsync();
        }

        await using var again = await StartAsync();
        again.Account.AccountId.ShouldBe(B2EmulatorOptions.DefaultApplicationKeyId);
        await (await B2Wire.AuthorizeAsync(again.Url, again.Account)).BucketAsync(bucketId);
    }

    [Fact]
    public async Task What_was_deleted_stays_deleted_and_its_bytes_are_gone()
    {
        const int Size = 1_000_000;
        string name = EmulatorTest.NewBucketName(),
            bucketId,
            id;
        await using (var emulator = await StartAsync())
        {
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            bucketId = await b2.CreateBucketAsync(name);
            var file = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", B2Wire.Bytes(Size, 1));
            id = B2Wire.IdOf(file.ShouldBeOk().Json);
            var large = await b2.StartLargeFileAsync(bucketId, "large");
            (await B2Wire.UploadPartAsync(await b2.PartUrlAsync(large), 1, B2Wire.Bytes(Size, 2))).ShouldBeOk();
            TemporaryFolder.BlobBytes(_folder.Data).ShouldBeGreaterThanOrEqualTo(2 * Size);
            await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = "a", ["fileId"] = id });
            await b2.OkAsync("b2_cancel_large_file", new() { ["fileId"] = large });
        }

        await using var again = await StartAsync();
        var wire = await B2Wire.AuthorizeAsync(again.Url, again.Account);

        (await wire.VersionsAsync(bucketId)).ShouldBeEmpty();
        (await wire.DownloadByIdAsync(id)).ShouldBeRefused(404);
        TemporaryFolder.BlobBytes(_folder.Data).ShouldBeLessThan(Size);
    }

    [Fact]
    public async Task A_copy_and_its_source_each_keep_their_bytes()
    {
        string copyId;
        await using (var emulator = await StartAsync())
        {
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            var bucketId = await b2.CreateBucketAsync();
            var source = await b2.UploadAsync(bucketId, "a");
            copyId = B2Wire.IdOf(await b2.OkAsync("b2_copy_file", new() { ["sourceFileId"] = B2Wire.IdOf(source), ["fileName"] = "b" }));
            await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = "a", ["fileId"] = B2Wire.IdOf(source) });
        }

        await using var again = await StartAsync();
        var wire = await B2Wire.AuthorizeAsync(again.Url, again.Account);
        (await wire.DownloadByIdAsync(copyId)).ShouldBeOk().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task An_upload_cut_off_leaves_nothing()
    {
        string bucketId;
        await using (var emulator = await StartAsync())
        {
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            bucketId = await b2.CreateBucketAsync();
            var target = await b2.UploadUrlAsync(bucketId);
            await using var broken = await RawConnection.OpenAsync(target.Url);
            await broken.BeginUploadAsync(target, "broken", 4_000_000, new string('0', 40));
            await broken.SendAsync(B2Wire.Bytes(3_000_000, 1));
            await broken.HangUpAsync();
            (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
        }

        await using var again = await StartAsync();
        (await (await B2Wire.AuthorizeAsync(again.Url, again.Account)).VersionsAsync(bucketId)).ShouldBeEmpty();
        TemporaryFolder.BlobBytes(_folder.Data).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public async Task After_a_sudden_end_the_acknowledged_is_there_and_the_rest_is_gone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The copy is made by cp.");
        const int Size = 2_000_000;
        var name = EmulatorTest.NewBucketName();
        var content = B2Wire.Bytes(Size, 7);
        string bucketId;
        await using (var emulator = await StartAsync())
        {
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            bucketId = await b2.CreateBucketAsync(name);
            (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "whole", content)).ShouldBeOk();
            var target = await b2.UploadUrlAsync(bucketId);
            await using var running = await RawConnection.OpenAsync(target.Url);
            await running.BeginUploadAsync(target, "running", 2 * Size, new string('0', 40));
            await running.SendAsync(B2Wire.Bytes(Size, 9));
            for (var i = 0; i < 200 && TemporaryFolder.BlobBytes(_folder.Data) < Size + Size / 2; i++)
            {
                // Calls instead of waiting: they give the emulator time to write, and are of use in themselves.
                await b2.NamesAsync(bucketId);
            }

            await _folder.CopyAsync(Cancelled);
        }

        await using var again = await StartAsync(_folder.Copy);
        var wire = await B2Wire.AuthorizeAsync(again.Url, again.Account);

        (await wire.VersionsAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["whole"]);
        (await wire.DownloadByNameAsync(name, "whole")).ShouldBeOk().Body.AsSpan().SequenceEqual(content).ShouldBeTrue();
        TemporaryFolder.BlobBytes(_folder.Copy).ShouldBeInRange(Size, Size + Size / 4);
    }

    [Fact]
    public async Task A_second_emulator_on_the_same_folder_is_refused()
    {
        await using var first = await StartAsync();

        var refusal = await Should.ThrowAsync<EmulatorStartException>(() => StartAsync());

        refusal.Message.ShouldContain(_folder.Data);
        await B2Wire.AuthorizeAsync(first.Url, first.Account);
        await first.StopAsync(Cancelled);
        await using var next = await StartAsync();
        await B2Wire.AuthorizeAsync(next.Url, next.Account);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var impossible = Path.Combine(_folder.AFile, "data");

        var refusal = await Should.ThrowAsync<EmulatorStartException>(() => StartAsync(impossible));

        refusal.Message.ShouldContain(impossible);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        await using var first = await B2Emulator.StartAsync(cancellationToken: Cancelled);

        var refusal = await Should.ThrowAsync<EmulatorStartException>(() =>
            B2Emulator.StartAsync(new B2EmulatorOptions { Port = first.Url.Port }, Cancelled)
        );

        refusal.Message.ShouldContain($"{first.Url.Port}");
    }

    [Fact]
    public async Task A_stopped_emulator_is_silent_and_may_be_stopped_again()
    {
        var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        var (url, account) = (emulator.Url, emulator.Account);

        await emulator.StopAsync(Cancelled);
        await emulator.StopAsync(Cancelled);
        await emulator.DisposeAsync();
        await emulator.DisposeAsync();

        await Should.ThrowAsync<HttpRequestException>(() =>
            B2Wire.TryAuthorizeAsync(url, account.ApplicationKeyId, account.ApplicationKey)
        );
    }

    [Fact]
    public async Task Unless_told_otherwise_the_emulator_has_b2s_part_sizes_and_the_given_key()
    {
        await using var plain = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        await using var own = await B2Emulator.StartAsync(
            new B2EmulatorOptions { ApplicationKeyId = "0123456789ab", ApplicationKey = "K000MyOwnKeyForMyOwnTests000000" },
            Cancelled
        );

        var b2 = await B2Wire.AuthorizeAsync(plain.Url, plain.Account);
        var mine = await B2Wire.AuthorizeAsync(own.Url, "0123456789ab", "K000MyOwnKeyForMyOwnTests000000");

        b2.Storage["absoluteMinimumPartSize"]!.GetValue<long>().ShouldBe(5_000_000);
        b2.Storage["recommendedPartSize"]!.GetValue<long>().ShouldBe(100_000_000);
        plain.Url.Host.ShouldBe("127.0.0.1");
        mine.AccountId.ShouldBe(own.Account.AccountId);
    }

    private static async Task<string> DescribeAsync(B2Wire b2, string bucketId)
    {
        var everything = new StringBuilder((await b2.BucketAsync(bucketId)).ToJsonString());
        foreach (var operation in (string[])["b2_list_file_names", "b2_list_file_versions", "b2_list_unfinished_large_files"])
        {
            everything.AppendLine((await b2.OkAsync(operation, new() { ["bucketId"] = bucketId })).ToJsonString());
        }

        foreach (var row in (await b2.VersionsAsync(bucketId)).Where(f => B2Wire.ActionOf(f) == "start"))
        {
            everything.AppendLine((await b2.OkAsync("b2_list_parts", new() { ["fileId"] = B2Wire.IdOf(row) })).ToJsonString());
        }

        return everything.AppendLine((await b2.OkAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId })).ToJsonString()).ToString();
    }

    private Task<B2Emulator> StartAsync(string? folder = null) =>
        B2Emulator.StartAsync(
            new B2EmulatorOptions { DataDirectory = folder ?? _folder.Data, MinimumPartSize = EmulatorFixture.MinimumPartSize },
            Cancelled
        );
}
