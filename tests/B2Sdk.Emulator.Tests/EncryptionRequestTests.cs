namespace B2Sdk.Emulator.Tests;

/// <summary>How encryption is asked for: by headers, settings and the bucket, and which of them counts.</summary>
public sealed class EncryptionRequestTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string None = """{"algorithm":null,"mode":null}""";
    private const string Service = """{"algorithm":"AES256","mode":"SSE-B2"}""";
    private const string Customer = """{"algorithm":"AES256","mode":"SSE-C"}""";

    private const string MissingKey =
        "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.";

    [Fact, Trait("Fact", "S188"), Trait("Fact", "S190")]
    public async Task The_head_of_a_file_and_a_range_of_it_need_the_key_as_well()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a", headers: B2Wire.KeyHeaders(1)));
        Task<WireReply> HeadAsync(params (string, string)[] headers) => b2.DownloadByIdAsync(id, method: HttpMethod.Head, headers: headers);
        Task<WireReply> RangeAsync(params (string, string)[] headers) =>
            b2.DownloadByIdAsync(id, headers: [("Range", "bytes=9-"), .. headers]);

        (await HeadAsync()).Status.ShouldBe(400);
        (await HeadAsync(B2Wire.KeyHeaders(2))).Status.ShouldBe(403);
        var head = (await HeadAsync(B2Wire.KeyHeaders(1))).ShouldBeOk();
        head.Header("X-Bz-Server-Side-Encryption-Customer-Key-Md5").ShouldBe(B2Wire.KeyMd5(1));
        head.Body.ShouldBeEmpty();
        (await RangeAsync()).ShouldBeRefused(400, "bad_request");
        (await RangeAsync(B2Wire.KeyHeaders(2))).ShouldBeRefused(403, "access_denied");
        (await RangeAsync(B2Wire.KeyHeaders(1))).ShouldBeRefused(416);
    }

    [Fact]
    public async Task A_key_for_a_file_that_needs_none_is_refused()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var plain = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));
        var service = B2Wire.IdOf(await b2.UploadAsync(bucketId, "b", headers: [B2Wire.ServiceEncryption]));

        (await b2.DownloadByIdAsync(plain, headers: B2Wire.KeyHeaders(1))).ShouldBeRefused(400, "bad_request");
        (await b2.DownloadByIdAsync(service, headers: B2Wire.KeyHeaders(1))).ShouldBeRefused(400, "bad_request");
    }

    [Fact]
    public async Task Everybody_needs_the_key_even_of_a_public_file()
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await b2.CreateBucketAsync(name, "allPublic");
        await b2.UploadAsync(bucketId, "a", headers: B2Wire.KeyHeaders(1));

        (await b2.DownloadByNameAsync(name, "a", token: null)).ShouldBeRefused(400, "bad_request");
        (await b2.DownloadByNameAsync(name, "a", token: null, headers: B2Wire.KeyHeaders(1))).ShouldBeOk();
    }

    public static TheoryData<string, string> BrokenHeaders =>
        new()
        {
            { "Algorithm", "" },
            { "Algorithm", "AES128" },
            { "Key", "" },
            { "Key", "not base64" },
            { "Key", Convert.ToBase64String(B2Wire.Bytes(31, 1)) },
            { "Key", Convert.ToBase64String(B2Wire.Bytes(33, 1)) },
            { "Key", Convert.ToBase64String(B2Wire.Bytes(32, 2)) },
            { "Key-Md5", "" },
            { "Key-Md5", B2Wire.KeyMd5(2) },
            { "Key-Md5", B2Wire.Md5(B2Wire.Bytes(32, 1)) },
        };

    [Theory, MemberData(nameof(BrokenHeaders))]
    public async Task The_headers_of_a_key_are_refused_when_they_do_not_fit_together(string header, string value)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a", headers: B2Wire.KeyHeaders(1)));
        (string, string)[] headers =
        [
            .. B2Wire.KeyHeaders(1).Select(h => h.Item1.EndsWith("-" + header, StringComparison.Ordinal) ? (h.Item1, value) : h),
        ];

        var upload = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "b", [1], headers);
        var download = await b2.DownloadByIdAsync(id, headers: [.. headers.Where(h => h.Item2.Length > 0)]);

        foreach (var reply in (WireReply[])[upload, download])
        {
            reply.ShouldBeRefused(400, "bad_request");
            reply.Text.ShouldNotContain(Convert.ToBase64String(B2Wire.Bytes(32, 1)));
        }
        (await b2.VersionsAsync(bucketId)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_buckets_default_is_for_files_that_ask_for_nothing()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var before = await b2.UploadAsync(bucketId, "before");
        await b2.UpdateBucketAsync(bucketId, "defaultServerSideEncryption", B2Wire.ServiceSetting());
        JsonObject Start(JsonObject? encryption) =>
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = "large",
                ["contentType"] = "text/plain",
                ["serverSideEncryption"] = encryption,
            };

        var upload = await b2.UploadAsync(bucketId, "a");
        var copy = await b2.OkAsync("b2_copy_file", new() { ["sourceFileId"] = B2Wire.IdOf(before), ["fileName"] = "copy" });
        var large = await b2.OkAsync("b2_start_large_file", Start(null));
        var own = await b2.UploadAsync(bucketId, "b", headers: B2Wire.KeyHeaders(1));
        var plain = await b2.OkAsync("b2_start_large_file", Start(new() { ["mode"] = "none" }));

        foreach (var file in (JsonObject[])[upload, copy, large])
        {
            file["serverSideEncryption"]!.ToJsonString().ShouldBe(Service);
        }
        own["serverSideEncryption"]!.ToJsonString().ShouldBe(Customer);
        plain["serverSideEncryption"]!.ToJsonString().ShouldBe(None);
        (await b2.InfoAsync(before))["serverSideEncryption"]!.ToJsonString().ShouldBe(None);
    }

    [Fact]
    public async Task Parts_of_a_file_without_a_key_take_none()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var plain = await b2.PartUrlAsync(await b2.StartLargeFileAsync(bucketId, "plain"));
        await b2.UpdateBucketAsync(bucketId, "defaultServerSideEncryption", B2Wire.ServiceSetting());
        var service = await b2.PartUrlAsync(await b2.StartLargeFileAsync(bucketId, "service"));

        (await B2Wire.UploadPartAsync(plain, 1, [1], B2Wire.KeyHeaders(1))).ShouldBeRefused(400, "bad_request");
        (await B2Wire.UploadPartAsync(plain, 1, [1], B2Wire.ServiceEncryption)).ShouldBeRefused(400, "bad_request");
        (await B2Wire.UploadPartAsync(service, 1, [1], B2Wire.KeyHeaders(1))).ShouldBeRefused(400, "bad_request");

        var part = (await B2Wire.UploadPartAsync(service, 1, [1])).ShouldBeOk().Json;
        part["serverSideEncryption"]!.ToJsonString().ShouldBe(Service);
    }

    [Theory]
    [InlineData("""{"mode":"SSE-C","algorithm":"AES256"}""")]
    [InlineData("""{"mode":"SSE-C","algorithm":"AES256","customerKey":"AAEC","customerKeyMd5":"tP/LI3N87DFaSk0aoqYgzg=="}""")]
    [InlineData(
        """{"mode":"SSE-C","customerKey":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","customerKeyMd5":"tP/LI3N87DFaSk0aoqYgzg=="}"""
    )]
    [InlineData(
        """{"mode":"SSE-C","algorithm":"AES256","customerKey":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","customerKeyMd5":"x"}"""
    )]
    [InlineData("""{"mode":"SSE-C","algorithm":"AES256","customerKey":7,"customerKeyMd5":"x"}""")]
    [InlineData("""{"mode":"SSE-B2"}""")]
    [InlineData("""{"mode":"SSE-KMS","algorithm":"AES256"}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    public async Task A_setting_that_is_none_is_refused(string setting)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var source = await b2.UploadAsync(bucketId, "a");
        var start = Golden.Request(
            "b2_start_large_file",
            "sse-c",
            ("bucketId", bucketId),
            ("serverSideEncryption", JsonNode.Parse(setting))
        );
        JsonObject Copy(string name) =>
            new()
            {
                ["sourceFileId"] = B2Wire.IdOf(source),
                ["fileName"] = "b",
                [name] = JsonNode.Parse(setting),
            };

        foreach (
            var reply in (WireReply[])
                [
                    await b2.RefusedAsync("b2_start_large_file", start, 400, "bad_request"),
                    await b2.RefusedAsync("b2_copy_file", Copy("sourceServerSideEncryption"), 400, "bad_request"),
                    await b2.RefusedAsync("b2_copy_file", Copy("destinationServerSideEncryption"), 400, "bad_request"),
                ]
        )
        {
            reply.Text.ShouldNotContain("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        }
        (await b2.VersionsAsync(bucketId)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_setting_may_come_in_a_query_too()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await b2.GetAsync(
            "b2_start_large_file",
            ("bucketId", bucketId),
            ("fileName", "a"),
            ("contentType", "text/plain"),
            ("serverSideEncryption", B2Wire.ServiceSetting().ToJsonString())
        );

        reply.ShouldBeOk().Json["serverSideEncryption"]!.ToJsonString().ShouldBe(Service);
    }
}
