using System.Security.Cryptography;

namespace B2Sdk.Emulator.Tests;

/// <summary>SSE-B2 and SSE-C: as a bucket's default, on uploads, large files, copies and downloads.</summary>
public sealed class EncryptionTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string SseB2 = """{"algorithm":"AES256","mode":"SSE-B2"}""";
    private const string None = """{"algorithm":null,"mode":null}""";
    private static readonly byte[] Key = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
    private static readonly byte[] OtherKey = Enumerable.Repeat((byte)7, 32).ToArray();

    [Theory]
    [InlineData("b2_create_bucket", "protected")]
    [InlineData("b2_update_bucket", "protected")]
    public async Task Buckets_answer_with_the_protection_that_they_were_given(string operation, string variant)
    {
        var (b2, bucketId) = await NewBucketAsync();
        (string, JsonNode?)[] replaced =
            operation == "b2_create_bucket"
                ? [("accountId", b2.AccountId), ("bucketName", NewBucketName())]
                : [("accountId", b2.AccountId), ("bucketId", bucketId)];

        var bucket = await b2.OkAsync(operation, Golden.Request(operation, variant, replaced));

        bucket.ShouldHaveShape(operation, "v4", variant);
        bucket["defaultServerSideEncryption"]!.ToJsonString().ShouldContain(SseB2);
    }

    [Theory]
    [InlineData("none")]
    [InlineData(null)]
    public async Task A_default_is_cleared_by_none_and_by_null(string? mode)
    {
        var (b2, bucketId) = await NewBucketAsync();
        await SetDefaultAsync(b2, bucketId, JsonNode.Parse("""{"mode":"SSE-B2","algorithm":"AES256"}""")!);

        var bucket = await SetDefaultAsync(b2, bucketId, new JsonObject { ["mode"] = mode });

        bucket["defaultServerSideEncryption"]!["value"]!.ToJsonString().ShouldBe(None);
    }

    [Theory, Trait("Fact", "S84")]
    [InlineData("""{"mode":"SSE-C","algorithm":"AES256"}""")]
    [InlineData("""{"mode":"SSE-B3","algorithm":"AES256"}""")]
    [InlineData("""{"mode":"SSE-B2","algorithm":"AES128"}""")]
    [InlineData("""{"mode":"SSE-B2"}""")]
    [InlineData("""{"mode":1}""")]
    [InlineData("""{}""")]
    [InlineData("[]")]
    public async Task What_is_no_default_is_refused(string setting)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await b2.CallAsync("b2_update_bucket", Update(b2, bucketId, JsonNode.Parse(setting)!));

        reply.ShouldBeRefused(400, "bad_request");
    }

    [Fact, Trait("Fact", "S82"), Trait("Fact", "S83")]
    public async Task A_key_without_the_right_reads_no_protection()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var reader = await b2.WithKeyAsync(["listBuckets"]);

        var bucket = await reader.BucketAsync(bucketId);

        foreach (var name in (string[])["defaultServerSideEncryption", "fileLockConfiguration", "replicationConfiguration"])
        {
            bucket[name]!.ToJsonString().ShouldBe("""{"isClientAuthorizedToRead":false,"value":null}""", name);
        }
    }

    [Fact]
    public async Task To_set_a_default_takes_its_own_capability()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var setting = JsonNode.Parse("""{"mode":"SSE-B2","algorithm":"AES256"}""")!;
        var writer = await b2.WithKeyAsync(["writeBuckets"]);
        var encrypter = await b2.WithKeyAsync(["writeBucketEncryption"], [bucketId]);

        (await writer.CallAsync("b2_update_bucket", Update(b2, bucketId, setting.DeepClone()))).ShouldBeRefused(401, "unauthorized");
        (await encrypter.CallAsync("b2_update_bucket", Update(b2, bucketId, setting.DeepClone()))).ShouldBeOk();
    }

    [Fact, Trait("Fact", "S191")]
    public async Task A_bucket_default_encrypts_new_files_and_downloads_say_so()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var before = await b2.UploadAsync(bucketId, "before");
        await SetDefaultAsync(b2, bucketId, JsonNode.Parse("""{"mode":"SSE-B2","algorithm":"AES256"}""")!);

        var after = await b2.UploadAsync(bucketId, "after");
        var large = await b2.UploadLargeFileAsync(bucketId, "large", B2Wire.Bytes(100, 1), B2Wire.Bytes(10, 2));
        var copy = await b2.OkAsync("b2_copy_file", new() { ["sourceFileId"] = B2Wire.IdOf(before), ["fileName"] = "copy" });

        before["serverSideEncryption"]!.ToJsonString().ShouldBe(None);
        foreach (var file in (JsonObject[])[after, large, copy])
        {
            file["serverSideEncryption"]!.ToJsonString().ShouldBe(SseB2);
            var reply = (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk();
            reply.Header("X-Bz-Server-Side-Encryption").ShouldBe("AES256");
        }
        (await b2.DownloadByIdAsync(B2Wire.IdOf(before))).Header("X-Bz-Server-Side-Encryption").ShouldBeNull();
    }

    [Theory, Trait("Fact", "S191")]
    [InlineData("sse-b2", "SSE-B2")]
    [InlineData("sse-c", "SSE-C")]
    public async Task An_upload_chooses_its_own_encryption(string variant, string mode)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.PostBytesAsync(
            await b2.UploadUrlAsync(bucketId),
            "hello"u8.ToArray(),
            Golden.Headers("b2_upload_file", variant)
        );

        var file = reply.ShouldBeOk().Json;
        file.ShouldHaveShape("b2_upload_file", "v4", variant);
        file["serverSideEncryption"]!.ToJsonString().ShouldBe($$"""{"algorithm":"AES256","mode":"{{mode}}"}""");
        var listed = (await b2.NamesAsync(bucketId)).Single();
        listed["serverSideEncryption"]!.ToJsonString().ShouldBe(file["serverSideEncryption"]!.ToJsonString());
        reply.Text.ShouldNotContain("customerKey\"");
    }

    [Theory, Trait("Fact", "S190")]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_customers_file_opens_with_its_key_alone(string method)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var file = await b2.UploadAsync(bucketId, "secret", "hello", CustomerHeaders(Key));
        var bucketName = B2Wire.Text((await b2.BucketAsync(bucketId))["bucketName"]);
        Task<WireReply> ByName(params (string, string)[] headers) =>
            b2.DownloadByNameAsync(bucketName, "secret", method: new(method), headers: headers);
        Task<WireReply> ById(params (string, string)[] headers) =>
            b2.DownloadByIdAsync(B2Wire.IdOf(file), method: new(method), headers: headers);

        foreach (var download in (Func<(string, string)[], Task<WireReply>>[])[ByName, ById])
        {
            (await download([])).Status.ShouldBe(400);
            (await download(CustomerHeaders(OtherKey))).Status.ShouldBe(403);
            var opened = await download(CustomerHeaders(Key));
            opened.Status.ShouldBe(200);
            opened.Header("X-Bz-Server-Side-Encryption-Customer-Algorithm").ShouldBe("AES256");
            opened.Header("X-Bz-Server-Side-Encryption-Customer-Key-Md5").ShouldBe(Md5(Key));
            opened.Header("X-Bz-Server-Side-Encryption-Customer-Key").ShouldBeNull();
            opened.Text.ShouldBe(method == "GET" ? "hello" : "");
        }
    }

    [Fact, Trait("Fact", "S190")]
    public async Task A_missing_and_a_wrong_key_are_told_in_the_words_that_clients_know()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "secret", "hello", CustomerHeaders(Key)));
        var plain = B2Wire.IdOf(await b2.UploadAsync(bucketId, "plain"));

        var missing = (await b2.DownloadByIdAsync(id)).ShouldBeRefused(400, "bad_request");
        missing.Message.ShouldStartWith("The object was stored using a form of Server Side Encryption.");
        (await b2.DownloadByIdAsync(id, headers: CustomerHeaders(OtherKey))).ShouldBeRefused(403, "access_denied");
        (await b2.DownloadByIdAsync(plain, headers: CustomerHeaders(Key))).ShouldBeRefused(400, "bad_request");
    }

    [Fact]
    public async Task Everything_but_the_content_is_there_without_the_key()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "secret", "hello", CustomerHeaders(Key)));

        (await b2.OkAsync("b2_get_file_info", new() { ["fileId"] = id }))["contentLength"]!.GetValue<int>().ShouldBe(5);
        await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "secret" });
        await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = "secret", ["fileId"] = id });
    }

    [Fact]
    public async Task Headers_that_are_no_customers_key_are_refused()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var good = CustomerHeaders(Key);
        (string, string)[][] bad =
        [
            [good[0], good[1]],
            [good[1], good[2]],
            [("X-Bz-Server-Side-Encryption-Customer-Algorithm", "AES128"), good[1], good[2]],
            [good[0], ("X-Bz-Server-Side-Encryption-Customer-Key", Convert.ToBase64String(Key[..31])), good[2]],
            [good[0], ("X-Bz-Server-Side-Encryption-Customer-Key", "not base64"), good[2]],
            [good[0], good[1], ("X-Bz-Server-Side-Encryption-Customer-Key-Md5", Md5(OtherKey))],
            [.. good, ("X-Bz-Server-Side-Encryption", "AES256")],
            [("X-Bz-Server-Side-Encryption", "aws:kms")],
        ];

        foreach (var headers in bad)
        {
            var target = await b2.UploadUrlAsync(bucketId);
            (await B2Wire.UploadAsync(target, "a", [1], headers)).ShouldBeRefused(400, "bad_request");
        }
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_part_of_a_customers_large_file_comes_with_the_key()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var started = await b2.OkAsync("b2_start_large_file", Golden.Request("b2_start_large_file", "sse-c", ("bucketId", bucketId)));
        var fileId = B2Wire.IdOf(started);
        byte[][] parts = [B2Wire.Bytes(100, 1), B2Wire.Bytes(10, 2)];

        // Beyond what is documented, the start alone tells by which key it was made.
        var encryption = started["serverSideEncryption"]!.AsObject();
        encryption["customerKeyMd5"]!
            .GetValue<string>()
            .ShouldBe(CustomerHeaders(Key).Single(header => header.Item1.EndsWith("-Md5", StringComparison.Ordinal)).Item2);
        encryption.Remove("customerKeyMd5");
        started.ShouldHaveShape("b2_start_large_file", "v4", "sse-c");
        (await B2Wire.UploadPartAsync(await b2.PartUrlAsync(fileId), 1, parts[0])).ShouldBeRefused(400);
        (await B2Wire.UploadPartAsync(await b2.PartUrlAsync(fileId), 1, parts[0], CustomerHeaders(OtherKey))).ShouldBeRefused(403);
        var target = await b2.PartUrlAsync(fileId);
        var part = (await B2Wire.UploadPartAsync(target, 1, parts[0], CustomerHeaders(Key))).ShouldBeOk().Json;
        part["serverSideEncryption"]!.ToJsonString().ShouldBe("""{"algorithm":"AES256","mode":"SSE-C"}""");
        (await B2Wire.UploadPartAsync(target, 2, parts[1], CustomerHeaders(Key))).ShouldBeOk();
        var file = await b2.FinishAsync(fileId, parts);

        file["serverSideEncryption"]!.ToJsonString().ShouldBe("""{"algorithm":"AES256","mode":"SSE-C"}""");
        (await b2.DownloadByIdAsync(fileId, headers: CustomerHeaders(Key))).ShouldBeOk().Body.Length.ShouldBe(110);
        (await b2.DownloadByIdAsync(fileId)).ShouldBeRefused(400);
    }

    [Fact]
    public async Task A_plain_large_file_takes_no_key_with_its_parts()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "large");

        (await B2Wire.UploadPartAsync(await b2.PartUrlAsync(fileId), 1, B2Wire.Bytes(100, 1), CustomerHeaders(Key))).ShouldBeRefused(400);
    }

    [Fact]
    public async Task A_copy_opens_its_source_and_is_encrypted_anew()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var source = B2Wire.IdOf(await b2.UploadAsync(bucketId, "secret", "hello", CustomerHeaders(Key)));
        JsonObject Copy(string name, JsonNode? from, JsonNode? to) =>
            new()
            {
                ["sourceFileId"] = source,
                ["fileName"] = name,
                ["sourceServerSideEncryption"] = from,
                ["destinationServerSideEncryption"] = to,
            };

        (await b2.CallAsync("b2_copy_file", Copy("a", null, null))).ShouldBeRefused(400, "bad_request");
        (await b2.CallAsync("b2_copy_file", Copy("a", CustomerSetting(OtherKey), null))).ShouldBeRefused(403, "access_denied");
        var plain = await b2.OkAsync("b2_copy_file", Copy("plain", CustomerSetting(Key), null));
        var rekeyed = await b2.OkAsync("b2_copy_file", Copy("rekeyed", CustomerSetting(Key), CustomerSetting(OtherKey)));

        // Nothing of the source's encryption is inherited.
        plain["serverSideEncryption"]!.ToJsonString().ShouldBe(None);
        (await b2.DownloadByIdAsync(B2Wire.IdOf(plain))).ShouldBeOk().Text.ShouldBe("hello");
        (await b2.DownloadByIdAsync(B2Wire.IdOf(rekeyed), headers: CustomerHeaders(Key))).ShouldBeRefused(403);
        (await b2.DownloadByIdAsync(B2Wire.IdOf(rekeyed), headers: CustomerHeaders(OtherKey))).ShouldBeOk().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task A_copied_part_opens_its_source_and_belongs_to_its_large_file()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var source = B2Wire.IdOf(await b2.UploadAsync(bucketId, "source", new string('x', 150), CustomerHeaders(Key)));
        var started = await b2.OkAsync("b2_start_large_file", Golden.Request("b2_start_large_file", "sse-c", ("bucketId", bucketId)));
        JsonObject Copy(JsonNode? from, JsonNode? to) =>
            new()
            {
                ["sourceFileId"] = source,
                ["largeFileId"] = B2Wire.IdOf(started),
                ["partNumber"] = 1,
                ["sourceServerSideEncryption"] = from,
                ["destinationServerSideEncryption"] = to,
            };

        (await b2.CallAsync("b2_copy_part", Copy(null, CustomerSetting(Key)))).ShouldBeRefused(400);
        (await b2.CallAsync("b2_copy_part", Copy(CustomerSetting(Key), null))).ShouldBeRefused(400);
        (await b2.CallAsync("b2_copy_part", Copy(CustomerSetting(Key), CustomerSetting(OtherKey)))).ShouldBeRefused(403);
        var part = await b2.OkAsync("b2_copy_part", Copy(CustomerSetting(Key), CustomerSetting(Key)));

        part.ShouldHaveShape("b2_copy_part", "v4", "sse-c");
    }

    [Fact, Trait("Fact", "S112")]
    public async Task Name_and_info_of_an_encrypted_file_have_2048_bytes()
    {
        var (b2, bucketId) = await NewBucketAsync();
        (string, string)[] info = [("X-Bz-Info-a", new string('x', 1_990))];
        (string, string)[] more = [("X-Bz-Info-a", new string('x', 2_030))];
        (string, string) encrypted = ("X-Bz-Server-Side-Encryption", "AES256");

        await b2.UploadAsync(bucketId, "n", "hello", more);
        await b2.UploadAsync(bucketId, "n", "hello", [.. info, encrypted]);
        var reply = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "n", [1], [.. more, encrypted]);

        reply.ShouldBeRefused(400, "bad_request").Message.ShouldContain("2048");
    }

    [Fact]
    public async Task No_customers_key_is_on_the_disk()
    {
        var folder = Directory.CreateTempSubdirectory("b2-emulator-test-");
        try
        {
            await using (var emulator = await B2Emulator.StartAsync(new() { DataDirectory = folder.FullName }, Cancelled))
            {
                var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
                await b2.UploadAsync(await b2.CreateBucketAsync(), "secret", "hello", CustomerHeaders(Key));
            }

            foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                var bytes = await File.ReadAllBytesAsync(file.FullName, Cancelled);
                bytes.AsSpan().IndexOf(Key).ShouldBe(-1, file.Name);
                bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(Key))).ShouldBe(-1, file.Name);
                bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Md5(Key))).ShouldBe(-1, file.Name);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonObject Update(B2Wire b2, string bucketId, JsonNode setting) =>
        new()
        {
            ["accountId"] = b2.AccountId,
            ["bucketId"] = bucketId,
            ["defaultServerSideEncryption"] = setting,
        };

    private static Task<JsonObject> SetDefaultAsync(B2Wire b2, string bucketId, JsonNode setting) =>
        b2.OkAsync("b2_update_bucket", Update(b2, bucketId, setting));

    private static (string, string)[] CustomerHeaders(byte[] key) =>
        [
            ("X-Bz-Server-Side-Encryption-Customer-Algorithm", "AES256"),
            ("X-Bz-Server-Side-Encryption-Customer-Key", Convert.ToBase64String(key)),
            ("X-Bz-Server-Side-Encryption-Customer-Key-Md5", Md5(key)),
        ];

    private static JsonObject CustomerSetting(byte[] key) =>
        new()
        {
            ["mode"] = "SSE-C",
            ["algorithm"] = "AES256",
            ["customerKey"] = Convert.ToBase64String(key),
            ["customerKeyMd5"] = Md5(key),
        };

    private static string Md5(byte[] key) => Convert.ToBase64String(MD5.HashData(key));
}
