namespace B2Sdk.Emulator.Tests;

/// <summary>Encryption and Object Lock: the emulator refuses what it cannot keep its word about.</summary>
public sealed class NotOfferedYetTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Theory]
    [InlineData("fileLockEnabled", "true")]
    [InlineData("defaultServerSideEncryption", """{"mode":"SSE-B2","algorithm":"AES256"}""")]
    public async Task A_bucket_with_protection_is_refused(string field, string value)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var create = new JsonObject
        {
            ["accountId"] = b2.AccountId,
            ["bucketName"] = NewBucketName(),
            ["bucketType"] = "allPrivate",
            [field] = JsonNode.Parse(value),
        };
        var update = new JsonObject
        {
            ["accountId"] = b2.AccountId,
            ["bucketId"] = bucketId,
            [field] = JsonNode.Parse(value),
        };

        await b2.RefusedAsync("b2_create_bucket", create, 400);
        await b2.RefusedAsync("b2_update_bucket", update, 400);
    }

    [Fact, Trait("Fact", "S84")]
    public async Task A_customer_key_is_no_bucket_default()
    {
        var (b2, bucketId) = await NewBucketAsync();

        await b2.RefusedAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["defaultServerSideEncryption"] = JsonNode.Parse("""{"mode":"SSE-C","algorithm":"AES256"}"""),
            },
            400
        );
    }

    [Fact, Trait("Fact", "S87")]
    public async Task A_default_retention_needs_a_lock()
    {
        var (b2, bucketId) = await NewBucketAsync();

        await b2.RefusedAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["defaultRetention"] = JsonNode.Parse("""{"mode":"governance","period":{"duration":1,"unit":"days"}}"""),
            },
            400
        );
    }

    [Theory]
    [InlineData("none")]
    [InlineData(null)]
    public async Task No_encryption_is_a_setting_it_can_keep(string? mode)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var bucket = await b2.OkAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["fileLockEnabled"] = false,
                ["defaultServerSideEncryption"] = new JsonObject { ["mode"] = mode },
            }
        );

        bucket["defaultServerSideEncryption"]!["value"]!.ToJsonString().ShouldBe("""{"algorithm":null,"mode":null}""");
    }

    [Theory, Trait("Fact", "S193")]
    [InlineData("sse-b2")]
    [InlineData("sse-c")]
    [InlineData("locked")]
    public async Task An_upload_with_protection_is_refused(string variant)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.PostBytesAsync(
            await b2.UploadUrlAsync(bucketId),
            "hello"u8.ToArray(),
            Golden.Headers("b2_upload_file", variant)
        );

        reply.ShouldBeRefused(400);
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("locked")]
    [InlineData("sse-c")]
    public async Task A_large_file_with_protection_is_refused(string variant)
    {
        var (b2, bucketId) = await NewBucketAsync();

        await b2.RefusedAsync("b2_start_large_file", Golden.Request("b2_start_large_file", variant, ("bucketId", bucketId)), 400);
    }

    [Fact]
    public async Task A_copy_with_protection_is_refused()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a.txt"));

        await b2.RefusedAsync("b2_copy_file", Golden.Request("b2_copy_file", "sse-c", ("sourceFileId", fileId)), 400);
    }

    [Theory]
    [InlineData("b2_update_file_retention", """{"fileRetention":{"mode":null,"retainUntilTimestamp":null}}""")]
    [InlineData("b2_update_file_legal_hold", """{"legalHold":"on"}""")]
    public async Task Calls_about_locks_are_refused(string operation, string fields)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var body = (JsonObject)JsonNode.Parse(fields)!;
        body["bucketId"] = bucketId;
        body["fileName"] = "a.txt";
        body["fileId"] = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a.txt"));

        await b2.RefusedAsync(operation, body, 400);
    }
}
