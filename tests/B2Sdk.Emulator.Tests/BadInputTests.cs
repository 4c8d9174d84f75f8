namespace B2Sdk.Emulator.Tests;

/// <summary>Requests that are wrong in form: each gets B2's own refusal, and never a fault of the emulator.</summary>
public sealed class BadInputTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Theory, Trait("Fact", "S12")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"bucketId\":}")]
    [InlineData("bucketId=1")]
    [InlineData("<xml/>")]
    [InlineData("{\"bucketId\":\"a\"} and more")]
    [InlineData("{\"bucketId\":\"\\ud801\\q\"}")]
    public async Task A_body_that_is_not_json_is_bad_json(string body)
    {
        var b2 = await NewAccountAsync();

        var reply = await b2.CallTextAsync("b2_list_file_names", body);

        reply.ShouldBeRefused(400);
        // A body of nothing at all may as well be read as one that lacks its fields.
        reply.Code.ShouldBeOneOf(body.Length == 0 ? ["bad_json", "bad_request"] : ["bad_json"]);
    }

    [Theory, Trait("Fact", "S14")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    public async Task Json_that_is_not_an_object_is_refused(string body)
    {
        var b2 = await NewAccountAsync();

        (await b2.CallTextAsync("b2_list_file_names", body)).ShouldBeRefused(400).Code.ShouldBeOneOf("bad_json", "bad_request");
    }

    [Fact]
    public async Task Json_nested_too_deeply_is_refused()
    {
        var b2 = await NewAccountAsync();
        var deep = $$"""{"bucketId":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""";

        (await b2.CallTextAsync("b2_list_file_names", deep)).ShouldBeRefused(400);
    }

    [Fact]
    public async Task A_huge_json_body_is_refused()
    {
        var b2 = await NewAccountAsync();
        await using var connection = await RawConnection.OpenAsync(b2.Realm);

        await connection.SendAsync(
            $"POST /b2api/v4/b2_list_file_names HTTP/1.1\r\nHost: localhost\r\nAuthorization: {b2.Token}\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n"
        );
        var (status, _) = await connection.ReadReplyAsync();

        status.ShouldBeInRange(400, 499);
    }

    public static TheoryData<string, string[]> RequiredFields =>
        new()
        {
            { "b2_create_bucket", ["accountId", "bucketName", "bucketType"] },
            { "b2_list_buckets", ["accountId"] },
            { "b2_update_bucket", ["accountId", "bucketId"] },
            { "b2_delete_bucket", ["accountId", "bucketId"] },
            { "b2_get_upload_url", ["bucketId"] },
            { "b2_list_file_names", ["bucketId"] },
            { "b2_list_file_versions", ["bucketId"] },
            { "b2_get_file_info", ["fileId"] },
            { "b2_hide_file", ["bucketId", "fileName"] },
            { "b2_delete_file_version", ["fileName", "fileId"] },
            { "b2_start_large_file", ["bucketId", "fileName", "contentType"] },
            { "b2_get_upload_part_url", ["fileId"] },
            { "b2_list_parts", ["fileId"] },
            { "b2_list_unfinished_large_files", ["bucketId"] },
            { "b2_finish_large_file", ["fileId", "partSha1Array"] },
            { "b2_cancel_large_file", ["fileId"] },
            { "b2_copy_file", ["sourceFileId", "fileName"] },
            { "b2_copy_part", ["sourceFileId", "largeFileId", "partNumber"] },
            { "b2_get_download_authorization", ["bucketId", "fileNamePrefix", "validDurationInSeconds"] },
            { "b2_create_key", ["accountId", "capabilities", "keyName"] },
            { "b2_list_keys", ["accountId"] },
            { "b2_delete_key", ["applicationKeyId"] },
        };

    [Theory, MemberData(nameof(RequiredFields)), Trait("Fact", "S13")]
    public async Task A_missing_required_field_is_a_bad_request(string operation, string[] required)
    {
        var (b2, bucketId) = await NewBucketAsync();

        foreach (var missing in required)
        {
            var body = await ValidBodyAsync(b2, bucketId, operation);
            body.Remove(missing).ShouldBeTrue(missing);
            (await b2.CallAsync(operation, body)).ShouldBeRefused(400, "bad_request");
            body[missing] = null;
            (await b2.CallAsync(operation, body)).ShouldBeRefused(400, "bad_request");
        }
    }

    [Theory, MemberData(nameof(RequiredFields)), Trait("Fact", "S14")]
    public async Task A_field_of_the_wrong_type_is_a_bad_request(string operation, string[] required)
    {
        var (b2, bucketId) = await NewBucketAsync();

        foreach (var wrong in required)
        {
            var body = await ValidBodyAsync(b2, bucketId, operation);
            body[wrong] = new JsonObject { ["not"] = "this" };
            (await b2.CallAsync(operation, body)).ShouldBeRefused(400, "bad_request");
        }
    }

    [Theory, Trait("Fact", "S14")]
    [InlineData("b2_list_file_names", "maxFileCount", "\"ten\"")]
    [InlineData("b2_list_file_names", "maxFileCount", "1.5")]
    [InlineData("b2_list_file_names", "prefix", "7")]
    [InlineData("b2_list_file_versions", "startFileName", "[]")]
    [InlineData("b2_update_bucket", "bucketInfo", "[]")]
    [InlineData("b2_update_bucket", "bucketInfo", "{\"a\":1}")]
    [InlineData("b2_update_bucket", "lifecycleRules", "{}")]
    [InlineData("b2_update_bucket", "lifecycleRules", "[7]")]
    [InlineData("b2_update_bucket", "corsRules", "\"all\"")]
    [InlineData("b2_update_bucket", "ifRevisionIs", "\"2\"")]
    [InlineData("b2_start_large_file", "fileInfo", "{\"a\":{}}")]
    [InlineData("b2_create_key", "capabilities", "[1]")]
    [InlineData("b2_create_key", "validDurationInSeconds", "true")]
    [InlineData("b2_list_buckets", "bucketTypes", "\"all\"")]
    public async Task An_optional_field_of_the_wrong_type_is_a_bad_request(string operation, string field, string value)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var body = await ValidBodyAsync(b2, bucketId, operation);
        body[field] = JsonNode.Parse(value);

        (await b2.CallAsync(operation, body)).ShouldBeRefused(400, "bad_request");
    }

    [Theory]
    [InlineData("PUT", "b2_list_buckets")]
    [InlineData("DELETE", "b2_list_buckets")]
    [InlineData("PATCH", "b2_get_upload_url")]
    [InlineData("PUT", "b2_authorize_account")]
    public async Task A_method_that_no_call_has_is_not_allowed(string method, string operation)
    {
        var b2 = await NewAccountAsync();
        var request = new HttpRequestMessage(new HttpMethod(method), b2.UrlOf(operation)) { Content = B2Wire.JsonBody("{}") };
        request.Headers.TryAddWithoutValidation("Authorization", b2.Token);

        (await B2Wire.SendAsync(request)).ShouldBeRefused(405, "method_not_allowed");
    }

    [Fact]
    public async Task An_upload_url_takes_nothing_but_post()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put])
        {
            var request = new HttpRequestMessage(method, target.Url);
            request.Headers.TryAddWithoutValidation("Authorization", target.Token);
            (await B2Wire.SendAsync(request)).ShouldBeRefused(405, "method_not_allowed");
        }
    }

    [Fact]
    public async Task An_empty_file_id_is_a_bad_one()
    {
        var b2 = await NewAccountAsync();

        var refusal = await b2.RefusedAsync("b2_get_file_info", new() { ["fileId"] = "" }, 400, "bad_request");

        refusal.Message.ShouldStartWith("Bad fileId");
    }

    [Theory]
    [InlineData("b2_get_file_info", "fileId")]
    [InlineData("b2_cancel_large_file", "fileId")]
    public async Task A_file_id_that_is_none_is_named_in_the_refusal(string operation, string field)
    {
        var b2 = await NewAccountAsync();

        var refusal = await b2.RefusedAsync(operation, new() { [field] = "nonsense" }, 400, "bad_request");

        refusal.Message.ShouldBe("Invalid fileId: nonsense");
    }

    [Fact]
    public async Task The_key_id_is_no_account_id()
    {
        var b2 = await NewAccountAsync();
        var limited = await b2.WithKeyAsync(["listBuckets"]);

        var refusal = await limited.RefusedAsync("b2_list_buckets", new() { ["accountId"] = limited.KeyId }, 400, "bad_request");

        refusal.Message.ShouldContain("accountId");
    }

    /// <summary>A body the operation would take, as far as its form goes.</summary>
    internal static async Task<JsonObject> ValidBodyAsync(B2Wire b2, string bucketId, string operation)
    {
        var file = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a.txt"));
        var needsLargeFile =
            operation is "b2_get_upload_part_url" or "b2_list_parts" or "b2_finish_large_file" or "b2_cancel_large_file" or "b2_copy_part";
        var large = needsLargeFile ? await b2.StartLargeFileAsync(bucketId, "large") : file;
        var body = Golden.Request(
            operation,
            operation is "b2_list_buckets" or "b2_create_bucket" or "b2_copy_part" ? null : Minimal(operation)
        );
        foreach (
            var (name, value) in ((string, JsonNode)[])
                [
                    ("accountId", b2.AccountId),
                    ("bucketId", bucketId),
                    ("bucketName", NewBucketName()),
                    ("fileId", large),
                    ("largeFileId", large),
                    ("sourceFileId", file),
                ]
        )
        {
            if (body.ContainsKey(name))
            {
                body[name] = value;
            }
        }

        body.Remove("ifRevisionIs");
        body.Remove("startFileId");
        return body;
    }

    private static string? Minimal(string operation) =>
        operation
            is "b2_list_file_names"
                or "b2_list_file_versions"
                or "b2_list_parts"
                or "b2_list_unfinished_large_files"
                or "b2_list_keys"
                or "b2_start_large_file"
            ? "minimal"
            : null;
}
