namespace B2Sdk.Emulator.Tests;

/// <summary>File names on their way in: encoding, limits, forbidden characters.</summary>
public sealed class UploadNameTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    public static TheoryData<string> BadNames =>
        ["", new string('a', 1_025), new string('ü', 512) + "a", "a\u0001b", "a\u001fb", "a\u007fb", "a\nb", "a\0b"];

    /// <summary>Names that older rules forbade and that S3 clients have made since, and names that look like something else.</summary>
    public static TheoryData<string> OddNames =>
        [
            "/leading",
            "trailing/",
            "double//slash",
            "back\\slash",
            "a/../b",
            "./a",
            "..",
            ".",
            "a/./b",
            "100%",
            "%41",
            "a?b=c&d#e",
            "a+b c,d;e",
            "quote\"apostrophe'",
            " leading and trailing ",
            "日本語/😀.txt",
            "e\u0301 and é",
            "\u0085\u00a0\u2028",
            new string('s', 300),
            new string('a', 1_024),
            new string('ü', 512),
        ];

    [Theory, Trait("Fact", "S105")]
    [InlineData("a+b%2Bc%20d", "a b+c d")]
    [InlineData("gr%C3%BC%c3%9fe", "grüße")]
    [InlineData("a%2Fb/c", "a/b/c")]
    [InlineData("-._~!$'()*/:;=@", "-._~!$'()*/:;=@")]
    [InlineData("%F0%90%90%80", "𐐀")]
    [InlineData("%2541", "%41")]
    [InlineData("%61%62", "ab")]
    public async Task The_name_header_is_percent_decoded(string header, string name)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.UploadRawAsync(await b2.UploadUrlAsync(bucketId), header, [1]);

        B2Wire.NameOf(reply.ShouldBeOk().Json).ShouldBe(name);
    }

    [Theory, Trait("Fact", "S106")]
    [InlineData("%FF")]
    [InlineData("%C3%28")]
    [InlineData("%C0%AF")]
    [InlineData("%ED%A0%80")]
    [InlineData("%F4%90%80%80")]
    [InlineData("%E2%82")]
    [InlineData("a%")]
    [InlineData("a%4")]
    [InlineData("a%zz")]
    public async Task A_name_that_is_not_utf8_is_refused(string header)
    {
        var (b2, bucketId) = await NewBucketAsync();

        (await B2Wire.UploadRawAsync(await b2.UploadUrlAsync(bucketId), header, [1])).ShouldBeRefused(400, "bad_request");
        (await B2Wire.UploadRawAsync(await b2.UploadUrlAsync(bucketId), "a", [1], ("X-Bz-Info-x", header))).ShouldBeRefused(
            400,
            "bad_request"
        );

        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(BadNames)), Trait("Fact", "S107"), Trait("Fact", "S108"), Trait("Fact", "S109")]
    public async Task A_bad_name_is_refused_in_the_header(string name)
    {
        var (b2, bucketId) = await NewBucketAsync();

        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), name, [1])).ShouldBeRefused(400, "bad_request");

        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(BadNames)), Trait("Fact", "S107"), Trait("Fact", "S108"), Trait("Fact", "S109")]
    public async Task A_bad_name_is_refused_in_json(string name)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var source = B2Wire.IdOf(await b2.UploadAsync(bucketId, "source"));

        await b2.RefusedAsync(
            "b2_start_large_file",
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = name,
                ["contentType"] = "text/plain",
            },
            400,
            "bad_request"
        );
        await b2.RefusedAsync("b2_copy_file", new() { ["sourceFileId"] = source, ["fileName"] = name }, 400, "bad_request");
        await b2.RefusedAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = name }, 400);
    }

    [Theory, MemberData(nameof(OddNames))]
    public async Task An_odd_name_comes_back_as_it_went(string name)
    {
        var master = await NewAccountAsync();
        var bucketName = NewBucketName();
        var bucketId = await master.CreateBucketAsync(bucketName);

        // Everything is escaped here, so that no stack on the way can mistake a part of the name for something of its own.
        var escaped = string.Concat(Encoding.UTF8.GetBytes(name).Select(b => $"%{b:X2}"));
        var file = (await B2Wire.UploadRawAsync(await master.UploadUrlAsync(bucketId), escaped, [42])).ShouldBeOk().Json;
        var listed = (await master.NamesAsync(bucketId, new() { ["prefix"] = name })).Single();
        var download = await master.DownloadAsync($"/file/{bucketName}/{escaped}");

        B2Wire.NameOf(file).ShouldBe(name);
        B2Wire.NameOf(listed).ShouldBe(name);
        download.ShouldBeOk().Body.ShouldBe([42]);
        Uri.UnescapeDataString(download.Header("X-Bz-File-Name")!).ShouldBe(name);
    }

    [Fact]
    public async Task A_path_with_dot_segments_is_taken_at_its_word()
    {
        var master = await NewAccountAsync();
        var bucketName = NewBucketName();
        var bucketId = await master.CreateBucketAsync(bucketName);
        await master.UploadAsync(bucketId, "b", "plain");
        await master.UploadAsync(bucketId, "a/../b", "dotted");
        await master.UploadAsync(bucketId, "a//b", "doubled");

        (await master.DownloadAsync($"/file/{bucketName}/b")).Text.ShouldBe("plain");
        (await master.DownloadAsync($"/file/{bucketName}/a/../b")).Text.ShouldBe("dotted");
        (await master.DownloadAsync($"/file/{bucketName}/a/%2e%2e/b")).Text.ShouldBe("dotted");
        (await master.DownloadAsync($"/file/{bucketName}/a//b")).Text.ShouldBe("doubled");
        (await master.DownloadAsync($"/file/{bucketName}/a/b")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Composed_and_decomposed_letters_are_different_names()
    {
        var (b2, bucketId) = await NewBucketAsync();

        await b2.UploadAsync(bucketId, "e\u0301");
        await b2.UploadAsync(bucketId, "\u00e9");
        await b2.UploadAsync(bucketId, "A");
        await b2.UploadAsync(bucketId, "a");

        (await b2.NamesAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["A", "a", "e\u0301", "\u00e9"]);
    }
}
