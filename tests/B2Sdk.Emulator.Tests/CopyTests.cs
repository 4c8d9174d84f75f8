namespace B2Sdk.Emulator.Tests;

/// <summary>b2_copy_file and b2_copy_part.</summary>
public sealed class CopyTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact, Trait("Fact", "S171"), Trait("Fact", "S173")]
    public async Task A_copy_keeps_bytes_type_and_info()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var source = await b2.UploadAsync(bucketId, "a.txt", headers: [("X-Bz-Info-author", "Zoe"), ("Content-Type", "text/markdown")]);

        var copy = await b2.OkAsync("b2_copy_file", Copy(source, "b.txt"));

        copy["action"]!.GetValue<string>().ShouldBe("copy");
        copy["fileName"]!.GetValue<string>().ShouldBe("b.txt");
        copy["bucketId"]!.GetValue<string>().ShouldBe(bucketId);
        B2Wire.IdOf(copy).ShouldNotBe(B2Wire.IdOf(source));
        foreach (var kept in (string[])["contentLength", "contentMd5", "contentSha1", "contentType", "fileInfo"])
        {
            copy[kept]!.ToJsonString().ShouldBe(source[kept]!.ToJsonString(), kept);
        }

        var listed = (await b2.NamesAsync(bucketId)).Single(f => B2Wire.NameOf(f) == "b.txt");
        listed["action"]!.GetValue<string>().ShouldBe("upload");
        (await b2.DownloadByIdAsync(B2Wire.IdOf(copy))).ShouldBeOk().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task A_copy_outlives_its_source()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var source = await b2.UploadAsync(bucketId, "a.txt");
        var copy = await b2.OkAsync("b2_copy_file", Copy(source, "a.txt"));

        await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = "a.txt", ["fileId"] = B2Wire.IdOf(source) });

        (await b2.DownloadByIdAsync(B2Wire.IdOf(copy))).ShouldBeOk().Text.ShouldBe("hello");
        (await b2.VersionsAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe([B2Wire.IdOf(copy)]);
    }

    [Fact, Trait("Fact", "S172")]
    public async Task Directive_type_and_info_must_fit_together()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var source = await b2.UploadAsync(bucketId, "a.txt", headers: [("X-Bz-Info-author", "Zoe")]);
        JsonObject With(params (string Name, JsonNode Value)[] more)
        {
            var body = Copy(source, "b.txt");
            foreach (var (name, value) in more)
            {
                body[name] = value;
            }

            return body;
        }

        JsonObject[] refused =
        [
            With(("contentType", "text/html")),
            With(("fileInfo", new JsonObject { ["a"] = "b" })),
            With(("metadataDirective", "COPY"), ("contentType", "text/html")),
            With(("metadataDirective", "COPY"), ("fileInfo", new JsonObject { ["a"] = "b" })),
            With(("metadataDirective", "REPLACE")),
            With(("metadataDirective", "REPLACE"), ("fileInfo", new JsonObject())),
            With(("metadataDirective", "MERGE")),
        ];
        foreach (var body in refused)
        {
            await b2.RefusedAsync("b2_copy_file", body, 400, "bad_request");
        }

        var replaced = await b2.OkAsync("b2_copy_file", With(("metadataDirective", "REPLACE"), ("contentType", "text/html")));
        replaced["contentType"]!.GetValue<string>().ShouldBe("text/html");
        replaced["fileInfo"]!.ToJsonString().ShouldBe("{}");
    }

    [Theory, Trait("Fact", "S173")]
    [InlineData(null)]
    [InlineData("COPY")]
    public async Task An_empty_info_that_comes_with_a_copy_replaces_nothing(string? directive)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var body = Copy(await b2.UploadAsync(bucketId, "a.txt", headers: [("X-Bz-Info-author", "Zoe")]), "b.txt");
        body["metadataDirective"] = directive;
        body["fileInfo"] = new JsonObject();

        var copy = await b2.OkAsync("b2_copy_file", body);

        copy["fileInfo"]!.ToJsonString().ShouldBe("""{"author":"Zoe"}""");
    }

    [Theory, Trait("Fact", "S174")]
    [InlineData("bytes=1-3", "ell")]
    [InlineData("bytes=0-0", "h")]
    [InlineData("bytes=4-4", "o")]
    public async Task A_copy_of_a_range_has_only_that(string range, string content)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var body = Copy(await b2.UploadAsync(bucketId, "a.txt"), "b.txt");
        body["range"] = range;

        var copy = await b2.OkAsync("b2_copy_file", body);

        copy["contentLength"]!.GetValue<long>().ShouldBe(content.Length);
        copy["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1(Encoding.ASCII.GetBytes(content)));
        (await b2.DownloadByIdAsync(B2Wire.IdOf(copy))).Text.ShouldBe(content);
    }

    [Fact, Trait("Fact", "S174")]
    public async Task A_range_outside_the_file_cannot_be_copied()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var body = Copy(await b2.UploadAsync(bucketId, "a.txt"), "b.txt");
        body["range"] = "bytes=5-9";

        await b2.RefusedAsync("b2_copy_file", body, 416, "range_not_satisfiable");
    }

    [Theory, Trait("Fact", "S174"), Trait("Fact", "S144")]
    [InlineData("0-3")]
    [InlineData("")]
    [InlineData("items=0-3")]
    [InlineData("bytes=3-1")]
    [InlineData("bytes=0-1,3-4")]
    public async Task What_is_no_range_copies_nothing(string range)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var body = Copy(await b2.UploadAsync(bucketId, "a.txt"), "b.txt");
        body["range"] = range;
        var part = new JsonObject
        {
            ["sourceFileId"] = body["sourceFileId"]!.DeepClone(),
            ["largeFileId"] = await b2.StartLargeFileAsync(bucketId, "large"),
            ["partNumber"] = 1,
            ["range"] = range,
        };

        await b2.RefusedAsync("b2_copy_file", body, 416, "range_not_satisfiable");
        await b2.RefusedAsync("b2_copy_part", part, 416, "range_not_satisfiable");

        (await b2.NamesAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task Only_finished_files_can_be_copied()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var source = await b2.UploadAsync(bucketId, "a.txt");
        var marker = await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "a.txt" });
        var large = await b2.StartLargeFileAsync(bucketId, "large");

        (await b2.CallAsync("b2_copy_file", Copy(marker, "b.txt"))).Status.ShouldBeOneOf(400, 404);
        await b2.RefusedAsync("b2_copy_file", new() { ["sourceFileId"] = large, ["fileName"] = "b.txt" }, 404, "not_found");
        await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = "a.txt", ["fileId"] = B2Wire.IdOf(source) });
        await b2.RefusedAsync("b2_copy_file", Copy(source, "b.txt"), 404, "not_found");
    }

    [Fact]
    public async Task A_file_is_copied_to_another_bucket_of_the_account()
    {
        var master = await NewAccountAsync();
        var name = NewBucketName();
        var from = await master.CreateBucketAsync();
        var to = await master.CreateBucketAsync(name);
        var body = Copy(await master.UploadAsync(from, "a.txt"), "b.txt");
        body["destinationBucketId"] = to;

        var copy = await master.OkAsync("b2_copy_file", body);

        copy["bucketId"]!.GetValue<string>().ShouldBe(to);
        (await master.DownloadByNameAsync(name, "b.txt")).ShouldBeOk().Text.ShouldBe("hello");
    }

    [Fact, Trait("Fact", "S175")]
    public async Task Nothing_is_copied_to_or_from_another_account()
    {
        var (ours, bucketId) = await NewBucketAsync();
        var (theirs, theirBucketId) = await NewBucketAsync();
        var source = await ours.UploadAsync(bucketId, "a.txt");
        var body = Copy(source, "b.txt");
        body["destinationBucketId"] = theirBucketId;

        (await ours.CallAsync("b2_copy_file", body)).Status.ShouldBeOneOf(400, 401);
        (await theirs.CallAsync("b2_copy_file", body)).Status.ShouldBeOneOf(400, 401, 404);
        (await theirs.VersionsAsync(theirBucketId)).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S144")]
    public async Task Parts_may_be_copied_from_files()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var first = B2Wire.Bytes(EmulatorFixture.MinimumPartSize, (byte)'x');
        byte[] content = [.. first, .. "rest"u8];
        var source = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "source", content)).ShouldBeOk().Json;
        var fileId = await b2.StartLargeFileAsync(bucketId, "large");
        JsonObject Part(int number, string? range) =>
            new()
            {
                ["sourceFileId"] = B2Wire.IdOf(source),
                ["largeFileId"] = fileId,
                ["partNumber"] = number,
                ["range"] = range,
            };

        var one = await b2.OkAsync("b2_copy_part", Part(1, $"bytes=0-{first.Length - 1}"));
        var two = await b2.OkAsync("b2_copy_part", Part(2, null));
        (await B2Wire.UploadPartAsync(await b2.PartUrlAsync(fileId), 3, "end"u8.ToArray())).ShouldBeOk();
        await b2.RefusedAsync("b2_copy_part", Part(4, "bytes=9999-10000"), 416, "range_not_satisfiable");
        await b2.RefusedAsync("b2_copy_part", Part(0, null), 400, "bad_request");

        one["fileId"]!.GetValue<string>().ShouldBe(fileId);
        one["partNumber"]!.GetValue<int>().ShouldBe(1);
        one["contentLength"]!.GetValue<long>().ShouldBe(first.Length);
        one["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1(first));
        two["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1(content));
        await b2.FinishAsync(fileId, first, content, "end"u8.ToArray());
        (await b2.DownloadByIdAsync(fileId)).ShouldBeOk().Body.ShouldBe([.. first, .. content, .. "end"u8]);
    }

    [Fact]
    public async Task A_large_file_is_copied_whole()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var first = B2Wire.Bytes(EmulatorFixture.MinimumPartSize, (byte)'x');
        var source = await b2.UploadLargeFileAsync(bucketId, "large", first, "rest"u8.ToArray());

        var copy = await b2.OkAsync("b2_copy_file", Copy(source, "copy"));

        copy["contentLength"]!.GetValue<long>().ShouldBe(first.Length + 4);
        (await b2.DownloadByIdAsync(B2Wire.IdOf(copy))).ShouldBeOk().Body.ShouldBe([.. first, .. "rest"u8]);
    }

    private static JsonObject Copy(JsonObject source, string name) => new() { ["sourceFileId"] = B2Wire.IdOf(source), ["fileName"] = name };
}
