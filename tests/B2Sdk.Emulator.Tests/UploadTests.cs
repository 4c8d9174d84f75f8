namespace B2Sdk.Emulator.Tests;

/// <summary>b2_get_upload_url and b2_upload_file: what is stored, and what is said about it.</summary>
public sealed class UploadTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Theory, Trait("Fact", "S93"), Trait("Fact", "S94")]
    [InlineData("v1")]
    [InlineData("v2")]
    [InlineData("v3")]
    [InlineData("v4")]
    public async Task An_upload_url_belongs_to_its_bucket_and_version(string version)
    {
        var (b2, bucketId) = await NewBucketAsync(version);

        var answer = await b2.OkAsync("b2_get_upload_url", new() { ["bucketId"] = bucketId });

        answer.Select(m => m.Key).ShouldBe(["authorizationToken", "bucketId", "uploadUrl"]);
        answer["bucketId"]!.GetValue<string>().ShouldBe(bucketId);
        new Uri(B2Wire.Text(answer["uploadUrl"])).AbsolutePath.ShouldStartWith($"/b2api/{version}/b2_upload_file/{bucketId}/");
    }

    [Fact, Trait("Fact", "S95"), Trait("Fact", "S96")]
    public async Task The_answer_describes_the_new_version()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var file = await b2.UploadAsync(
            bucketId,
            "docs/ä b.txt",
            headers: [("X-Bz-Info-author", "Zo%C3%AB%20%26+co"), ("X-Bz-Info-src_last_modified_millis", "1769999999123")]
        );

        file["accountId"]!.GetValue<string>().ShouldBe(b2.AccountId);
        file["action"]!.GetValue<string>().ShouldBe("upload");
        file["bucketId"]!.GetValue<string>().ShouldBe(bucketId);
        file["contentLength"]!.GetValue<long>().ShouldBe(5);
        file["contentMd5"]!.GetValue<string>().ShouldBe("5d41402abc4b2a76b9719d911017c592");
        file["contentSha1"]!.GetValue<string>().ShouldBe("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
        file["contentType"]!.GetValue<string>().ShouldBe("text/plain");
        file["fileName"]!.GetValue<string>().ShouldBe("docs/ä b.txt");
        JsonNode
            .DeepEquals(file["fileInfo"], new JsonObject { ["author"] = "Zoë & co", ["src_last_modified_millis"] = "1769999999123" })
            .ShouldBeTrue(file["fileInfo"]!.ToJsonString());
        var uploaded = file["uploadTimestamp"]!.GetValue<long>();
        (uploaded % 1_000).ShouldBe(0);
        var second = DateTimeOffset.FromUnixTimeMilliseconds(uploaded);
        B2Wire
            .IdOf(file)
            .ShouldMatch($"^4_z{bucketId}_f[0-9a-f]{{16}}_d{second:yyyyMMdd}_m{second:HHmmss}_c[0-9]{{3}}_v[0-9]{{7}}_t[0-9]{{4}}$");
        B2Wire.IdOf(file).Length.ShouldBe(83);
        (await b2.NamesAsync(bucketId)).Single().ToJsonString().ShouldBe(file.ToJsonString());
        (await b2.OkAsync("b2_get_file_info", new() { ["fileId"] = B2Wire.IdOf(file) })).ToJsonString().ShouldBe(file.ToJsonString());
    }

    [Fact, Trait("Fact", "S97")]
    public async Task A_wrong_sha1_stores_nothing()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var refusal = await B2Wire.UploadAsync(
            await b2.UploadUrlAsync(bucketId),
            "a.txt",
            "hello"u8.ToArray(),
            ("X-Bz-Content-Sha1", B2Wire.Sha1("hullo"u8.ToArray()))
        );

        refusal.ShouldBeRefused(400, "bad_request").Message.ShouldBe("Sha1 did not match data received");
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Theory, Trait("Fact", "S98")]
    [InlineData("")]
    [InlineData("hello")]
    public async Task Digits_at_the_end_are_not_part_of_the_file(string content)
    {
        var master = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await master.CreateBucketAsync(name);
        var bytes = Encoding.UTF8.GetBytes(content);
        byte[] body = [.. bytes, .. Encoding.ASCII.GetBytes(B2Wire.Sha1(bytes))];

        var reply = await B2Wire.UploadAsync(
            await master.UploadUrlAsync(bucketId),
            "a.txt",
            body,
            ("X-Bz-Content-Sha1", "hex_digits_at_end")
        );

        var file = reply.ShouldBeOk().Json;
        file["contentLength"]!.GetValue<long>().ShouldBe(bytes.Length);
        file["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1(bytes));
        file["contentMd5"]!.GetValue<string>().ShouldBe(B2Wire.Md5(bytes));
        (await master.DownloadByNameAsync(name, "a.txt")).ShouldBeOk().Text.ShouldBe(content);
    }

    [Theory, Trait("Fact", "S99")]
    [InlineData("helloaaf4c61ddcc5e8a2dabede0f3b482cd9aea94340")]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("hellozzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task Wrong_digits_at_the_end_store_nothing(string body)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.UploadAsync(
            await b2.UploadUrlAsync(bucketId),
            "a.txt",
            Encoding.ASCII.GetBytes(body),
            ("X-Bz-Content-Sha1", "hex_digits_at_end")
        );

        reply.ShouldBeRefused(400, "bad_request");
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S100")]
    public async Task An_unchecked_upload_is_called_unverified()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var file = await b2.UploadAsync(bucketId, "a.txt", headers: [("X-Bz-Content-Sha1", "do_not_verify")]);

        var digest = "unverified:aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";
        file["contentSha1"]!.GetValue<string>().ShouldBe(digest);
        (await b2.NamesAsync(bucketId)).Single()["contentSha1"]!.GetValue<string>().ShouldBe(digest);
        (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).Header("X-Bz-Content-Sha1").ShouldBe(digest);
    }

    [Theory, Trait("Fact", "S101")]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434")]
    [InlineData("zzf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")]
    [InlineData("unverified:aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")]
    public async Task A_missing_or_misshapen_sha1_is_refused(string sha1)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a.txt", "hello"u8.ToArray(), ("X-Bz-Content-Sha1", sha1));

        reply.ShouldBeRefused(400, "bad_request");
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S114")]
    public async Task An_empty_content_type_is_found_by_the_name()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var file = await b2.UploadAsync(bucketId, "a.txt", headers: [("Content-Type", " ")]);

        file["contentType"]!.GetValue<string>().ShouldBe("text/plain");
    }

    [Theory, Trait("Fact", "S102"), Trait("Fact", "S103")]
    [InlineData("X-Bz-File-Name")]
    [InlineData("Content-Type")]
    public async Task Name_and_type_are_required(string header)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a.txt", "hello"u8.ToArray(), (header, ""));

        reply.ShouldBeRefused(400, "bad_request");
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Theory, Trait("Fact", "S114")]
    [InlineData("a.txt", "text/plain")]
    [InlineData("a", "application/octet-stream")]
    [InlineData("a.no-such-extension", "application/octet-stream")]
    [InlineData("txt", "application/octet-stream")]
    [InlineData("folder.txt/a", "application/octet-stream")]
    public async Task An_automatic_type_follows_the_extension(string name, string type)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var file = await b2.UploadAsync(bucketId, name, headers: [("Content-Type", "b2/x-auto")]);

        file["contentType"]!.GetValue<string>().ShouldBe(type);
        (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).Header("Content-Type").ShouldBe(type);
    }

    [Fact, Trait("Fact", "S115")]
    public async Task A_file_of_no_bytes_is_a_file()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var file = await b2.UploadAsync(bucketId, "empty", "");
        var download = await b2.DownloadByIdAsync(B2Wire.IdOf(file));

        file["contentLength"]!.GetValue<long>().ShouldBe(0);
        file["contentSha1"]!.GetValue<string>().ShouldBe("da39a3ee5e6b4b0d3255bfef95601890afd80709");
        download.ShouldBeOk().Body.ShouldBeEmpty();
        download.Header("Content-Length").ShouldBe("0");
    }

    [Fact, Trait("Fact", "S117")]
    public async Task One_url_takes_one_upload_after_another()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);

        for (var i = 0; i < 5; i++)
        {
            (await B2Wire.UploadAsync(target, $"{i}.txt", [(byte)i])).ShouldBeOk();
        }

        (await b2.NamesAsync(bucketId)).Count.ShouldBe(5);
    }

    [Fact, Trait("Fact", "S118")]
    public async Task A_token_uploads_to_its_own_bucket_only()
    {
        var (b2, first) = await NewBucketAsync();
        var second = await b2.CreateBucketAsync();
        var firstTarget = await b2.UploadUrlAsync(first);
        var secondTarget = await b2.UploadUrlAsync(second);

        var reply = await B2Wire.UploadAsync(secondTarget with { Token = firstTarget.Token }, "a.txt", [1]);

        reply.Status.ShouldBe(401, reply.Text);
        (await b2.VersionsAsync(first)).ShouldBeEmpty();
        (await b2.VersionsAsync(second)).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S120")]
    public async Task The_same_name_again_is_a_new_version()
    {
        var master = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await master.CreateBucketAsync(name);

        var old = await master.UploadAsync(bucketId, "a.txt", "old");
        var young = await master.UploadAsync(bucketId, "a.txt", "young");

        (await master.VersionsAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe([B2Wire.IdOf(young), B2Wire.IdOf(old)]);
        (await master.NamesAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe([B2Wire.IdOf(young)]);
        (await master.DownloadByNameAsync(name, "a.txt")).Text.ShouldBe("young");
        (await master.DownloadByIdAsync(B2Wire.IdOf(old))).Text.ShouldBe("old");
    }

    [Fact]
    public async Task A_few_megabytes_come_back_as_they_went()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var content = new byte[5_000_001];
        new Random(7).NextBytes(content);

        var file = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "big", content)).ShouldBeOk().Json;
        var download = await b2.DownloadByIdAsync(B2Wire.IdOf(file));

        file["contentLength"]!.GetValue<long>().ShouldBe(content.Length);
        file["contentMd5"]!.GetValue<string>().ShouldBe(B2Wire.Md5(content));
        download.ShouldBeOk().Body.AsSpan().SequenceEqual(content).ShouldBeTrue();
    }
}
