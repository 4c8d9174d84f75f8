namespace B2Sdk.Emulator.Tests;

/// <summary>Where unfinished files and their parts are seen, and where not.</summary>
public sealed class LargeFileListingTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private static readonly byte[] C = B2Wire.Bytes(3, (byte)'c');

    [Fact, Trait("Fact", "S140")]
    public async Task Parts_are_paged_by_number()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");
        var target = await b2.PartUrlAsync(fileId);
        foreach (var number in (int[])[9, 2, 7, 4, 10_000])
        {
            (await B2Wire.UploadPartAsync(target, number, C)).ShouldBeOk();
        }

        var first = await b2.OkAsync("b2_list_parts", new() { ["fileId"] = fileId, ["maxPartCount"] = 2 });
        var second = await b2.OkAsync(
            "b2_list_parts",
            new()
            {
                ["fileId"] = fileId,
                ["maxPartCount"] = 3,
                ["startPartNumber"] = first["nextPartNumber"]!.DeepClone(),
            }
        );

        Numbers(first).ShouldBe([2, 4]);
        Numbers(second).ShouldBe([7, 9, 10_000]);
        second["nextPartNumber"].ShouldBeNull();
        (first["parts"]![0]!["uploadTimestamp"]!.GetValue<long>() % 1_000).ShouldBe(0);
        (await PartNumbersAsync(b2, fileId, start: 5)).ShouldBe([7, 9, 10_000]);
        (await PartNumbersAsync(b2, fileId, start: 0)).ShouldBe([2, 4, 7, 9, 10_000]);
        await b2.RefusedAsync("b2_list_parts", new() { ["fileId"] = fileId, ["startPartNumber"] = -1 }, 400, "bad_request");
        await b2.RefusedAsync("b2_list_parts", new() { ["fileId"] = fileId, ["maxPartCount"] = 1_001 }, 400, "bad_request");
        await b2.RefusedAsync("b2_list_parts", new() { ["fileId"] = fileId, ["maxPartCount"] = -1 }, 400, "bad_request");
    }

    [Fact, Trait("Fact", "S140")]
    public async Task A_page_of_parts_has_a_hundred_unless_asked()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");
        var target = await b2.PartUrlAsync(fileId);
        for (var number = 1; number <= 101; number++)
        {
            (await B2Wire.UploadPartAsync(target, number, C)).ShouldBeOk();
        }

        var page = await b2.OkAsync("b2_list_parts", new() { ["fileId"] = fileId });

        Numbers(page).Count.ShouldBe(100);
        page["nextPartNumber"]!.GetValue<int>().ShouldBe(101);
    }

    [Fact, Trait("Fact", "S141")]
    public async Task Unfinished_files_are_listed_oldest_first()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var ids = new List<string>();
        foreach (var name in (string[])["b/2", "a/1", "b/1", "a/1"])
        {
            ids.Add(await b2.StartLargeFileAsync(bucketId, name));
        }

        var all = await UnfinishedAsync(b2, bucketId, new());
        var some = await UnfinishedAsync(b2, bucketId, new() { ["namePrefix"] = "b/" });
        var page = await b2.OkAsync("b2_list_unfinished_large_files", new() { ["bucketId"] = bucketId, ["maxFileCount"] = 3 });
        var rest = await UnfinishedAsync(b2, bucketId, new() { ["startFileId"] = page["nextFileId"]!.DeepClone() });

        all.ShouldBe(ids);
        some.ShouldBe([ids[0], ids[2]]);
        B2Wire.Rows(page).Select(B2Wire.IdOf).ShouldBe(ids[..3]);
        rest.ShouldBe(ids[3..]);
        await b2.RefusedAsync("b2_list_unfinished_large_files", new() { ["bucketId"] = bucketId, ["maxFileCount"] = 101 }, 400);
    }

    [Fact, Trait("Fact", "S142"), Trait("Fact", "S143"), Trait("Fact", "S145")]
    public async Task An_unfinished_file_is_seen_among_versions_only()
    {
        var master = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await master.CreateBucketAsync(name);
        var small = B2Wire.IdOf(await master.UploadAsync(bucketId, "film", "small"));
        var large = await master.StartLargeFileAsync(bucketId, "film");
        await master.StartLargeFileAsync(bucketId, "other");

        (await master.NamesAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe([small]);
        (await master.VersionsAsync(bucketId)).Select(B2Wire.ActionOf).ShouldBe(["start", "upload", "start"]);
        await master.RefusedAsync("b2_get_file_info", new() { ["fileId"] = large }, 404, "not_found");
        (await master.DownloadByIdAsync(large)).ShouldBeRefused(404, "not_found");
        (await master.DownloadByNameAsync(name, "film")).ShouldBeOk().Text.ShouldBe("small");
        (await master.DownloadByNameAsync(name, "other")).ShouldBeRefused(404, "not_found");

        await master.OkAsync("b2_delete_file_version", new() { ["fileName"] = "film", ["fileId"] = large });
        (await UnfinishedAsync(master, bucketId, new())).Count.ShouldBe(1);
        await master.RefusedAsync("b2_get_upload_part_url", new() { ["fileId"] = large }, 400, "bad_request");
    }

    [Fact]
    public async Task A_small_file_is_no_large_file()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var small = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));

        foreach (var operation in (string[])["b2_get_upload_part_url", "b2_list_parts", "b2_cancel_large_file"])
        {
            await b2.RefusedAsync(operation, new() { ["fileId"] = small }, 400, "bad_request");
        }
    }

    private static List<int> Numbers(JsonObject page) => [.. page["parts"]!.AsArray().Select(p => p!["partNumber"]!.GetValue<int>())];

    private static async Task<List<int>> PartNumbersAsync(B2Wire b2, string fileId, int start = 1) =>
        Numbers(await b2.OkAsync("b2_list_parts", new() { ["fileId"] = fileId, ["startPartNumber"] = start }));

    private static async Task<List<string>> UnfinishedAsync(B2Wire b2, string bucketId, JsonObject query)
    {
        query["bucketId"] = bucketId;
        return [.. B2Wire.Rows(await b2.OkAsync("b2_list_unfinished_large_files", query)).Select(B2Wire.IdOf)];
    }
}
