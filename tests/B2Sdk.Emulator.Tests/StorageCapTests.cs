namespace B2Sdk.Emulator.Tests;

/// <summary>An account stores no more than it may. Each test has an emulator of its own.</summary>
public sealed class StorageCapTests : IDisposable
{
    private const int Cap = 1_000;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_last_byte_is_taken_and_the_next_is_not()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId) = await NewBucketAsync(emulator);
        var target = await b2.UploadUrlAsync(bucketId);

        (await UploadAsync(target, "a", 400)).ShouldBeOk();
        (await UploadAsync(target, "b", 601)).ShouldBeRefused(403, "cap_exceeded");
        (await UploadAsync(target, "b", 600)).ShouldBeOk();
        (await UploadAsync(target, "c", 1)).ShouldBeRefused(403, "cap_exceeded");
        (await UploadAsync(target, "c", 0)).ShouldBeOk();

        (await b2.VersionsAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_full_account_gets_no_upload_urls_and_starts_no_large_file()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId) = await NewBucketAsync(emulator);
        var fileId = await b2.StartLargeFileAsync(bucketId, "large");
        var file = (await UploadAsync(await b2.UploadUrlAsync(bucketId), "a", Cap)).ShouldBeOk().Json;

        await b2.RefusedAsync("b2_get_upload_url", new() { ["bucketId"] = bucketId }, 403, "storage_cap_exceeded");
        await b2.RefusedAsync("b2_get_upload_part_url", new() { ["fileId"] = fileId }, 403, "storage_cap_exceeded");
        await b2.RefusedAsync(
            "b2_start_large_file",
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = "b",
                ["contentType"] = "text/plain",
            },
            403,
            "cap_exceeded"
        );
        await DeleteAsync(b2, file);

        (await UploadAsync(await b2.UploadUrlAsync(bucketId), "b", Cap)).ShouldBeOk();
    }

    [Fact]
    public async Task Old_versions_count_and_hide_markers_do_not()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId) = await NewBucketAsync(emulator);
        var target = await b2.UploadUrlAsync(bucketId);
        (await UploadAsync(target, "a", 500)).ShouldBeOk();
        (await UploadAsync(target, "a", 500)).ShouldBeOk();

        await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "a" });

        (await UploadAsync(target, "a", 1)).ShouldBeRefused(403, "cap_exceeded");
    }

    [Fact]
    public async Task Parts_count_until_they_are_replaced_or_canceled()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId) = await NewBucketAsync(emulator);
        var fileId = await b2.StartLargeFileAsync(bucketId, "large");
        var target = await b2.PartUrlAsync(fileId);

        (await PartAsync(target, 1, 700)).ShouldBeOk();
        (await PartAsync(target, 2, 301)).ShouldBeRefused(403, "cap_exceeded");
        // One that takes another's place needs only what it is larger by.
        (await PartAsync(target, 1, 1_001)).ShouldBeRefused(403, "cap_exceeded");
        (await PartAsync(target, 1, 900)).ShouldBeOk();
        (await PartAsync(target, 2, 100)).ShouldBeOk();
        (await PartAsync(target, 2, 100)).ShouldBeOk();
        (await PartAsync(target, 3, 1)).ShouldBeRefused(403, "cap_exceeded");
        await b2.OkAsync("b2_cancel_large_file", new() { ["fileId"] = fileId });

        (await UploadAsync(await b2.UploadUrlAsync(bucketId), "a", Cap)).ShouldBeOk();
    }

    [Fact]
    public async Task A_large_file_counts_as_its_parts_did()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId) = await NewBucketAsync(emulator);

        await b2.UploadLargeFileAsync(bucketId, "large", B2Wire.Bytes(500, 1), B2Wire.Bytes(400, 2));

        var target = await b2.UploadUrlAsync(bucketId);
        (await UploadAsync(target, "a", 101)).ShouldBeRefused(403, "cap_exceeded");
        (await UploadAsync(target, "a", 100)).ShouldBeOk();
    }

    [Fact]
    public async Task Copies_count_in_full_though_they_share_bytes()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId) = await NewBucketAsync(emulator);
        var file = (await UploadAsync(await b2.UploadUrlAsync(bucketId), "a", 400)).ShouldBeOk().Json;
        var largeFileId = await b2.StartLargeFileAsync(bucketId, "large");
        JsonObject Copy(string name) => new() { ["sourceFileId"] = B2Wire.IdOf(file), ["fileName"] = name };
        JsonObject Part(int number) =>
            new()
            {
                ["sourceFileId"] = B2Wire.IdOf(file),
                ["largeFileId"] = largeFileId,
                ["partNumber"] = number,
            };

        var copy = await b2.OkAsync("b2_copy_file", Copy("b"));
        await b2.RefusedAsync("b2_copy_file", Copy("c"), 403, "cap_exceeded");
        await b2.RefusedAsync("b2_copy_part", Part(1), 403, "cap_exceeded");
        await DeleteAsync(b2, copy);
        await b2.OkAsync("b2_copy_part", Part(1));

        await b2.RefusedAsync("b2_copy_part", Part(2), 403, "cap_exceeded");
        (await b2.VersionsAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["a", "large"]);
    }

    [Fact]
    public async Task Each_account_has_its_own()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId) = await NewBucketAsync(emulator);
        (await UploadAsync(await b2.UploadUrlAsync(bucketId), "a", Cap)).ShouldBeOk();

        var other = await B2Wire.AuthorizeAsync(emulator.Url, await emulator.CreateAccountAsync(Cancelled));

        (await UploadAsync(await other.UploadUrlAsync(await other.CreateBucketAsync()), "a", Cap)).ShouldBeOk();
    }

    [Fact]
    public async Task What_is_there_counts_after_a_restart_and_after_a_snapshot_was_loaded()
    {
        await using (var first = await StartAsync(_folder.Data))
        {
            var (b2, bucketId) = await NewBucketAsync(first);
            (await UploadAsync(await b2.UploadUrlAsync(bucketId), "a", 900)).ShouldBeOk();
        }

        await using var emulator = await StartAsync(_folder.Data);
        await RefuseAsync();
        await emulator.SaveSnapshotAsync("full", Cancelled);
        await emulator.ResetAsync(Cancelled);
        var (fresh, freshId) = await NewBucketAsync(emulator);
        (await UploadAsync(await fresh.UploadUrlAsync(freshId), "b", 101)).ShouldBeOk();
        await emulator.LoadSnapshotAsync("full", Cancelled);

        await RefuseAsync();

        async Task RefuseAsync()
        {
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            var buckets = (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray();
            var target = await b2.UploadUrlAsync(B2Wire.Text(buckets.Single()!["bucketId"]));
            (await UploadAsync(target, "b", 101)).ShouldBeRefused(403, "cap_exceeded");
        }
    }

    [Fact]
    public async Task Many_uploads_at_once_do_not_exceed_it()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId) = await NewBucketAsync(emulator);
        var targets = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => b2.UploadUrlAsync(bucketId)));

        var replies = await Task.WhenAll(targets.Select((target, number) => UploadAsync(target, $"{number}", 150)));

        replies.Count(reply => reply.Status == 200).ShouldBe(6);
        (await b2.NamesAsync(bucketId)).Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_replica_that_has_no_room_fails()
    {
        await using var emulator = await StartAsync();
        var from = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var to = await B2Wire.AuthorizeAsync(emulator.Url, await emulator.CreateAccountAsync(Cancelled));
        var pair = await Replication.SetUpAsync(from, to);
        (await UploadAsync(await to.UploadUrlAsync(await to.CreateBucketAsync()), "a", 600)).ShouldBeOk();

        var file = (await UploadAsync(await from.UploadUrlAsync(pair.Source), "b", 500)).ShouldBeOk().Json;
        await emulator.SettleAsync(Cancelled);

        (await pair.StatusAsync(file)).ShouldBe("FAILED");
        (await pair.ReplicasAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Seeds_count_and_what_came_before_the_one_that_is_too_much_stays()
    {
        await using var emulator = await StartAsync();
        const string Seed = """
            { "buckets": [{ "bucketName": "seeded-bucket", "files": [
              { "fileName": "a", "size": 900 }, { "fileName": "b/{n}", "size": 40, "repeat": 4 }, { "fileName": "c", "content": "x" }
            ] }] }
            """;

        (await new ControlWire(emulator.Url).PostAsync("seed", Seed))
            .ShouldBeRefused(400)
            .Text.ShouldContain("files[1] 'b/{n}': Cap exceeded");

        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        (await b2.DownloadByNameAsync("seeded-bucket", "a")).ShouldBeOk();
        (await b2.DownloadByNameAsync("seeded-bucket", "c")).ShouldBeRefused(404);
        var path = Path.Combine(Path.GetDirectoryName(_folder.Data)!, "seed.json");
        await File.WriteAllTextAsync(path, Seed, Cancelled);
        var refusal = await Should.ThrowAsync<EmulatorStartException>(() =>
            B2Emulator.StartAsync(new() { StorageCap = Cap, Seed = [path] }, Cancelled)
        );
        refusal.Message.ShouldContain("Cap exceeded");
    }

    [Fact]
    public async Task It_is_told_and_is_no_less_than_nothing()
    {
        await using var emulator = await StartAsync();

        (await new ControlWire(emulator.Url).GetAsync("status")).ShouldBeOk().Json["caps"]!["storage"]!.GetValue<long>().ShouldBe(Cap);
        await Should.ThrowAsync<ArgumentException>(() => B2Emulator.StartAsync(new() { StorageCap = -1 }, Cancelled));
    }

    private static async Task<(B2Wire B2, string BucketId)> NewBucketAsync(B2Emulator emulator)
    {
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        return (b2, await b2.CreateBucketAsync());
    }

    private static Task<WireReply> UploadAsync(UploadTarget target, string name, int length) =>
        B2Wire.UploadAsync(target, name, B2Wire.Bytes(length, 7));

    private static Task<WireReply> PartAsync(UploadTarget target, int number, int length) =>
        B2Wire.UploadPartAsync(target, number, B2Wire.Bytes(length, 7));

    private static Task<JsonObject> DeleteAsync(B2Wire b2, JsonObject file) =>
        b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = B2Wire.NameOf(file), ["fileId"] = B2Wire.IdOf(file) });

    private static Task<B2Emulator> StartAsync(string? data = null) =>
        B2Emulator.StartAsync(
            new()
            {
                StorageCap = Cap,
                DataDirectory = data,
                MinimumPartSize = EmulatorFixture.MinimumPartSize,
                RecommendedPartSize = EmulatorFixture.RecommendedPartSize,
            },
            Cancelled
        );
}
