namespace B2Sdk.Emulator.Tests;

/// <summary>Copies from and to encrypted files: each side has a key of its own.</summary>
public sealed class EncryptedCopyTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string None = """{"algorithm":null,"mode":null}""";
    private const string Customer = """{"algorithm":"AES256","mode":"SSE-C"}""";

    [Fact]
    public async Task A_key_for_a_source_that_needs_none_is_refused()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var plain = await b2.UploadAsync(bucketId, "a");
        var service = await b2.UploadAsync(bucketId, "b", headers: [B2Wire.ServiceEncryption]);

        await b2.RefusedAsync("b2_copy_file", Copy(plain, from: B2Wire.KeySetting(1)), 400, "bad_request");
        await b2.RefusedAsync("b2_copy_file", Copy(service, from: B2Wire.KeySetting(1)), 400, "bad_request");
        await b2.RefusedAsync("b2_copy_file", Copy(service, from: B2Wire.ServiceSetting()), 400, "bad_request");
        await b2.OkAsync("b2_copy_file", Copy(service, from: new() { ["mode"] = "none" }));
    }

    [Fact, Trait("Need", "D27")]
    public async Task A_stretch_of_an_encrypted_file_is_copied_with_its_key()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var source = await b2.UploadAsync(bucketId, "a", headers: B2Wire.KeyHeaders(1));
        var body = Copy(source, from: B2Wire.KeySetting(1), to: B2Wire.KeySetting(1));
        (body["range"], body["metadataDirective"], body["contentType"]) = ("bytes=1-3", "REPLACE", "text/html");

        var copy = await b2.OkAsync("b2_copy_file", body);

        copy["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1("ell"u8.ToArray()));
        (await b2.DownloadByIdAsync(B2Wire.IdOf(copy), headers: B2Wire.KeyHeaders(1))).ShouldBeOk().Text.ShouldBe("ell");
        (await b2.DownloadByIdAsync(B2Wire.IdOf(copy))).ShouldBeRefused(400, "bad_request");
    }

    [Fact]
    public async Task A_part_may_name_the_encryption_with_which_its_file_was_started()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var source = await b2.UploadAsync(bucketId, "a");
        JsonObject Part(string large) =>
            new()
            {
                ["sourceFileId"] = B2Wire.IdOf(source),
                ["largeFileId"] = large,
                ["partNumber"] = 1,
                ["destinationServerSideEncryption"] = B2Wire.ServiceSetting(),
            };
        var plain = await b2.StartLargeFileAsync(bucketId, "plain");
        await b2.UpdateBucketAsync(bucketId, "defaultServerSideEncryption", B2Wire.ServiceSetting());
        var service = await b2.StartLargeFileAsync(bucketId, "service");

        await b2.RefusedAsync("b2_copy_part", Part(plain), 400, "bad_request");
        (await b2.OkAsync("b2_copy_part", Part(service)))["serverSideEncryption"]!["mode"]!.GetValue<string>().ShouldBe("SSE-B2");
    }

    private static JsonObject Copy(JsonObject source, JsonObject? from = null, JsonObject? to = null) =>
        new()
        {
            ["sourceFileId"] = B2Wire.IdOf(source),
            ["fileName"] = "copy",
            ["sourceServerSideEncryption"] = from,
            ["destinationServerSideEncryption"] = to,
        };
}
