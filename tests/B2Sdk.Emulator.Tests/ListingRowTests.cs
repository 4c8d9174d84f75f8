namespace B2Sdk.Emulator.Tests;

/// <summary>What the rows of a listing tell, each and all together.</summary>
public sealed class ListingRowTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact]
    public async Task A_row_tells_what_is_told_of_its_file()
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateLockedBucketAsync();
        var until = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds();
        await b2.UploadAsync(bucketId, "plain", "hello", ("X-Bz-Info-author", "Zo%C3%AB%20%22\\"));
        await b2.UploadAsync(bucketId, "\"quoted\\ \U0001F431", "");
        await b2.UploadAsync(bucketId, "encrypted", "hello", B2Wire.ServiceEncryption);
        await b2.UploadAsync(bucketId, "encrypted by its owner", "hello", B2Wire.KeyHeaders(1));
        await b2.UploadAsync(bucketId, "retained", "hello", B2Wire.RetentionHeaders("governance", until));
        await b2.UploadAsync(bucketId, "held", "hello", ("X-Bz-File-Legal-Hold", "on"));
        await b2.UploadAsync(bucketId, "let go", "hello", ("X-Bz-File-Legal-Hold", "off"));
        await b2.UploadLargeFileAsync(bucketId, "large", B2Wire.Bytes(100, 1), B2Wire.Bytes(200, 2));
        await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "plain" });

        var rows = await b2.VersionsAsync(bucketId);

        rows.Count.ShouldBe(9);
        foreach (var row in rows)
        {
            row.ToJsonString().ShouldBe((await b2.InfoAsync(row)).ToJsonString());
        }
    }

    [Fact]
    public async Task A_page_of_many_bytes_is_whole()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var info = new string('x', 1500);
        var source = await b2.UploadAsync(bucketId, "000", "hello", ("X-Bz-Info-long", info));
        var names = Enumerable.Range(0, 400).Select(i => $"{i:000}").ToList();
        await Parallel.ForEachAsync(
            names.Skip(1),
            Cancelled,
            async (name, _) => await b2.OkAsync("b2_copy_file", new() { ["sourceFileId"] = B2Wire.IdOf(source), ["fileName"] = name })
        );

        var page = await b2.OkAsync("b2_list_file_names", new() { ["bucketId"] = bucketId, ["maxFileCount"] = 10_000 });

        B2Wire.Rows(page).Select(B2Wire.NameOf).ShouldBe(names);
        B2Wire.Rows(page).ShouldAllBe(row => B2Wire.Text(row["fileInfo"]!["long"]) == info);
    }
}
