namespace B2Sdk.Emulator.Tests;

/// <summary>Hiding, deleting and asking about versions.</summary>
public sealed class FileOperationTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact, Trait("Fact", "S163"), Trait("Fact", "S148"), Trait("Fact", "S149")]
    public async Task Hiding_adds_a_marker_and_keeps_the_file()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var file = await b2.UploadAsync(bucketId, "a.txt");

        var marker = await HideAsync(b2, bucketId, "a.txt");

        marker["action"]!.GetValue<string>().ShouldBe("hide");
        marker["contentType"]!.GetValue<string>().ShouldBe("application/x-bz-hide-marker");
        marker["contentLength"]!.GetValue<long>().ShouldBe(0);
        marker["fileInfo"]!.ToJsonString().ShouldBe("{}");
        (await b2.NamesAsync(bucketId)).ShouldBeEmpty();
        var versions = await b2.VersionsAsync(bucketId);
        versions.Select(B2Wire.IdOf).ShouldBe([B2Wire.IdOf(marker), B2Wire.IdOf(file)]);
        versions.Select(B2Wire.ActionOf).ShouldBe(["hide", "upload"]);
        (await b2.OkAsync("b2_get_file_info", new() { ["fileId"] = B2Wire.IdOf(marker) }))["action"]!.GetValue<string>().ShouldBe("hide");
    }

    [Fact, Trait("Fact", "S164"), Trait("Fact", "S165")]
    public async Task Only_a_file_that_is_there_and_seen_can_be_hidden()
    {
        var (b2, bucketId) = await NewBucketAsync();
        JsonObject Body() => new() { ["bucketId"] = bucketId, ["fileName"] = "a.txt" };

        var missing = await b2.RefusedAsync("b2_hide_file", Body(), 400, "no_such_file");
        await b2.UploadAsync(bucketId, "a.txt");
        await HideAsync(b2, bucketId, "a.txt");
        var again = await b2.RefusedAsync("b2_hide_file", Body(), 400, "already_hidden");

        missing.Message.ShouldBe("File not present: a.txt");
        again.Message.ShouldBe("File already hidden: a.txt");
        (await b2.VersionsAsync(bucketId)).Count.ShouldBe(2);
    }

    [Fact, Trait("Fact", "S166"), Trait("Fact", "S167")]
    public async Task A_hidden_file_can_be_had_by_id_and_comes_back_with_the_markers_end()
    {
        var master = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await master.CreateBucketAsync(name);
        var file = await master.UploadAsync(bucketId, "a.txt");
        var marker = await HideAsync(master, bucketId, "a.txt");

        (await master.DownloadByNameAsync(name, "a.txt")).ShouldBeRefused(404, "not_found");
        (await master.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk().Text.ShouldBe("hello");
        (await master.DownloadByIdAsync(B2Wire.IdOf(marker))).ShouldBeRefused(404, "not_found");
        await DeleteAsync(master, "a.txt", B2Wire.IdOf(marker));

        (await master.DownloadByNameAsync(name, "a.txt")).ShouldBeOk().Text.ShouldBe("hello");
        (await master.NamesAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe([B2Wire.IdOf(file)]);
    }

    [Fact]
    public async Task An_upload_after_a_marker_is_seen_again()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.UploadAsync(bucketId, "a.txt", "old");
        await HideAsync(b2, bucketId, "a.txt");

        var young = await b2.UploadAsync(bucketId, "a.txt", "young");

        (await b2.NamesAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe([B2Wire.IdOf(young)]);
        await HideAsync(b2, bucketId, "a.txt");
        (await b2.VersionsAsync(bucketId)).Select(B2Wire.ActionOf).ShouldBe(["hide", "upload", "hide", "upload"]);
    }

    [Fact, Trait("Fact", "S168"), Trait("Fact", "S169")]
    public async Task A_version_is_deleted_by_name_and_id_together()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a.txt"));
        JsonObject Body(string name) => new() { ["fileName"] = name, ["fileId"] = id };

        var wrongName = await b2.RefusedAsync("b2_delete_file_version", Body("b.txt"), 400, "file_not_present");
        var deleted = await b2.OkAsync("b2_delete_file_version", Body("a.txt"));
        var again = await b2.RefusedAsync("b2_delete_file_version", Body("a.txt"), 400, "file_not_present");

        wrongName.Message.ShouldBe($"File not present: b.txt {id}");
        deleted.ToJsonString().ShouldBe($$"""{"fileId":"{{id}}","fileName":"a.txt"}""");
        again.Message.ShouldBe($"File not present: a.txt {id}");
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deleting_the_newest_version_makes_the_older_one_current()
    {
        var master = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await master.CreateBucketAsync(name);
        await master.UploadAsync(bucketId, "a.txt", "old");
        var young = B2Wire.IdOf(await master.UploadAsync(bucketId, "a.txt", "young"));

        await DeleteAsync(master, "a.txt", young);

        (await master.DownloadByNameAsync(name, "a.txt")).ShouldBeOk().Text.ShouldBe("old");
    }

    [Fact, Trait("Fact", "S170")]
    public async Task A_deleted_version_is_not_found()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a.txt"));
        await DeleteAsync(b2, "a.txt", id);

        await b2.RefusedAsync("b2_get_file_info", new() { ["fileId"] = id }, 404, "not_found");
        (await b2.DownloadByIdAsync(id)).ShouldBeRefused(404, "not_found");
    }

    private static Task<JsonObject> HideAsync(B2Wire b2, string bucketId, string name) =>
        b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = name });

    private static Task<JsonObject> DeleteAsync(B2Wire b2, string name, string id) =>
        b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = name, ["fileId"] = id });
}
