namespace B2Sdk.Emulator.Tests;

/// <summary>Requests of web pages to download and upload URLs, as browsers make them.</summary>
public sealed class CorsTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string Page = "https://www.example.com";
    private const string DebugHeader = "X-Emulator-Cors";

    [Fact]
    public async Task A_page_may_download_by_name_what_a_rule_allows()
    {
        var (b2, name, _) = await NewBucketAsync(Rule("b2_download_file_by_name"));
        var url = $"{b2.DownloadUrl}/file/{name}/a.txt";

        var preflight = await PreflightAsync(url, "GET", "authorization, Range");
        var reply = await b2.DownloadByNameAsync(name, "a.txt", headers: ("Origin", Page));

        preflight.Status.ShouldBe(200);
        preflight.Body.ShouldBeEmpty();
        preflight.Header("Access-Control-Allow-Origin").ShouldBe(Page);
        preflight.Header("Access-Control-Allow-Methods").ShouldBe("GET, HEAD");
        preflight.Header("Access-Control-Allow-Headers").ShouldBe("authorization, Range");
        preflight.Header("Access-Control-Max-Age").ShouldBe("3600");
        preflight.Header("Vary").ShouldBe("Origin");
        preflight.Header(DebugHeader).ShouldBeNull();
        reply.ShouldBeOk().Text.ShouldBe("hello");
        reply.Header("Access-Control-Allow-Origin").ShouldBe(Page);
        reply.Header("Access-Control-Expose-Headers").ShouldBe("x-bz-content-sha1");
        reply.Header("Vary").ShouldBe("Origin");
    }

    [Fact]
    public async Task A_page_may_download_by_id_what_a_rule_allows()
    {
        var (b2, _, bucketId) = await NewBucketAsync(Rule("b2_download_file_by_id"));
        var fileId = B2Wire.IdOf(await b2.UploadAsync(bucketId, "b.txt"));

        var preflight = await PreflightAsync($"{b2.DownloadUrl}/b2api/v4/b2_download_file_by_id?fileId={fileId}", "GET", "authorization");
        var reply = await b2.DownloadByIdAsync(fileId, headers: ("Origin", Page));

        preflight.Status.ShouldBe(200);
        preflight.Header("Access-Control-Allow-Methods").ShouldBe("GET, HEAD, POST");
        reply.ShouldBeOk().Header("Access-Control-Allow-Origin").ShouldBe(Page);
    }

    [Fact]
    public async Task A_page_may_upload_where_a_rule_allows()
    {
        var (b2, _, bucketId) = await NewBucketAsync(Rule("b2_upload_file"));
        var target = await b2.UploadUrlAsync(bucketId);

        var preflight = await PreflightAsync(target.Url.ToString(), "POST", "authorization,content-type,x-bz-content-sha1,x-bz-file-name");
        var reply = await B2Wire.UploadAsync(target, "b.txt", [1], ("Origin", Page));

        preflight.Status.ShouldBe(200);
        preflight.Header("Access-Control-Allow-Methods").ShouldBe("POST");
        reply.ShouldBeOk().Header("Access-Control-Allow-Origin").ShouldBe(Page);
    }

    [Fact]
    public async Task A_page_may_upload_parts_where_a_rule_allows()
    {
        var (b2, _, bucketId) = await NewBucketAsync(Rule("b2_upload_part"));
        var target = await b2.PartUrlAsync(await b2.StartLargeFileAsync(bucketId, "large"));

        var preflight = await PreflightAsync(target.Url.ToString(), "POST", "authorization,x-bz-content-sha1,x-bz-part-number");
        var reply = await B2Wire.UploadPartAsync(target, 1, [1], ("Origin", Page));

        preflight.Status.ShouldBe(200);
        reply.ShouldBeOk().Header("Access-Control-Allow-Origin").ShouldBe(Page);
    }

    [Theory]
    [InlineData("https://other.example.com", "GET", "", "https://other.example.com is not among its origins")]
    [InlineData(Page, "GET", "x-secret", "x-secret is not among its headers")]
    [InlineData(Page, "DELETE", "", "b2_download_file_by_name is not called by DELETE")]
    [InlineData("null", "GET", "", "null is not among its origins")]
    public async Task A_preflight_that_no_rule_allows_is_refused_with_the_reason(
        string origin,
        string method,
        string headers,
        string reason
    )
    {
        var (b2, name, _) = await NewBucketAsync(Rule("b2_download_file_by_name"));

        var reply = await PreflightAsync($"{b2.DownloadUrl}/file/{name}/a.txt", method, headers, origin);

        reply.ShouldBeRefused(403, "access_denied");
        reply.Header(DebugHeader).ShouldNotBeNull().ShouldContain(reason);
        reply.Header("Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Theory]
    [InlineData("https", "https://www.example.com:8443", 200)]
    [InlineData("https", "http://www.example.com", 403)]
    [InlineData("https://*", "https://www.example.com", 200)]
    [InlineData("https://*", "https://www.example.com:8443", 403)]
    [InlineData("http://localhost:*", "http://localhost:5173", 200)]
    [InlineData("http://localhost:*", "http://localhost", 200)]
    [InlineData("https://*:8443", "https://www.example.com:8443", 200)]
    [InlineData("https://*.example.com", "https://example.com", 403)]
    [InlineData("http://www.example.com:80", "http://www.example.com", 200)]
    public async Task An_origin_is_scheme_host_and_port(string allowed, string origin, int status)
    {
        var rule = Rule("b2_download_file_by_name");
        rule["allowedOrigins"] = B2Wire.Strings(allowed);
        var (b2, name, _) = await NewBucketAsync(rule);

        (await PreflightAsync($"{b2.DownloadUrl}/file/{name}/a.txt", "GET", origin: origin)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_rule_is_for_its_operations_only()
    {
        var (b2, name, bucketId) = await NewBucketAsync(Rule("b2_download_file_by_id"), Rule("b2_upload_part", "rule-two"));
        var upload = await b2.UploadUrlAsync(bucketId);

        var download = await PreflightAsync($"{b2.DownloadUrl}/file/{name}/a.txt", "GET");

        download
            .ShouldBeRefused(403)
            .Header(DebugHeader)
            .ShouldBe(
                "rule-one: b2_download_file_by_name is not among its operations; rule-two: b2_download_file_by_name is not among its operations"
            );
        (await PreflightAsync(upload.Url.ToString(), "POST")).ShouldBeRefused(403);
    }

    [Fact]
    public async Task Without_rules_pages_get_nothing()
    {
        var (b2, name, _) = await NewBucketAsync();

        var preflight = await PreflightAsync($"{b2.DownloadUrl}/file/{name}/a.txt", "GET");
        var reply = await b2.DownloadByNameAsync(name, "a.txt", headers: ("Origin", Page));

        preflight.ShouldBeRefused(403).Header(DebugHeader).ShouldBe("the bucket has no CORS rules");
        // The request itself is answered as any other; it is the browser that keeps the answer from the page.
        reply.ShouldBeOk().Header("Access-Control-Allow-Origin").ShouldBeNull();
        reply.Header(DebugHeader).ShouldBe("the bucket has no CORS rules");
    }

    [Fact]
    public async Task A_refusal_can_be_read_by_the_page_too()
    {
        var (b2, name, _) = await NewBucketAsync(Rule("b2_download_file_by_name"));

        var reply = await b2.DownloadByNameAsync(name, "no-such-file", headers: ("Origin", Page));

        reply.ShouldBeRefused(404).Header("Access-Control-Allow-Origin").ShouldBe(Page);
    }

    [Fact]
    public async Task A_preflight_that_names_an_account_token_is_refused()
    {
        var (b2, name, bucketId) = await NewBucketAsync(Rule("b2_download_file_by_name"));
        string Url(string token) => $"{b2.DownloadUrl}/file/{name}/a.txt?Authorization={Uri.EscapeDataString(token)}";

        var account = await PreflightAsync(Url(b2.Token), "GET");
        var download = await PreflightAsync(Url(await b2.DownloadTokenAsync(bucketId)), "GET");

        account.ShouldBeRefused(403).Header(DebugHeader).ShouldNotBeNull().ShouldNotContain(b2.Token);
        download.Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_rule_for_everybody_says_so()
    {
        var rule = Rule("b2_download_file_by_name");
        rule["allowedOrigins"] = B2Wire.Strings("*");
        var (b2, name, _) = await NewBucketAsync(rule);

        var reply = await PreflightAsync($"{b2.DownloadUrl}/file/{name}/a.txt", "GET", origin: "null");

        reply.Status.ShouldBe(200);
        reply.Header("Access-Control-Allow-Origin").ShouldBe("*");
    }

    [Theory]
    [InlineData("file/no-such-bucket/a")]
    [InlineData("b2api/v4/b2_download_file_by_id?fileId=nonsense")]
    [InlineData("b2api/v4/b2_download_file_by_id")]
    [InlineData("b2api/v4/b2_upload_file/ffffffffffffffffffffffff/x")]
    public async Task A_preflight_for_no_bucket_is_refused(string path)
    {
        var method = path.Contains("upload", StringComparison.Ordinal) ? "POST" : "GET";

        var reply = await PreflightAsync(Emulator.Url + path, method);

        reply.ShouldBeRefused(403, "access_denied").Header(DebugHeader).ShouldBe("there is no such bucket");
    }

    [Fact]
    public async Task Other_calls_are_not_for_pages()
    {
        var (b2, _, _) = await NewBucketAsync(Rule("b2_download_file_by_name"));

        var reply = await PreflightAsync(b2.UrlOf("b2_list_buckets").ToString(), "POST", "authorization");

        reply.ShouldBeRefused(405).Header("Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Fact]
    public async Task Hostile_headers_do_no_harm()
    {
        var (b2, name, _) = await NewBucketAsync(Rule("b2_download_file_by_name"));

        await using var connection = await RawConnection.OpenAsync(Emulator.Url);

        await connection.SendAsync(
            $"OPTIONS /file/{name}/a.txt HTTP/1.1\r\nHost: {Emulator.Url.Authority}\r\nOrigin: https://ü\tx\r\n"
                + $"Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: {new string('x', 5_000)}, ü\r\n\r\n"
        );

        (await connection.ReadReplyAsync()).Status.ShouldBe(403);
        (await b2.DownloadByNameAsync(name, "a.txt")).ShouldBeOk();
    }

    private static JsonObject Rule(string operation, string name = "rule-one") =>
        new()
        {
            ["corsRuleName"] = name,
            ["allowedOrigins"] = B2Wire.Strings("https://www.*", "http://localhost:*"),
            ["allowedOperations"] = B2Wire.Strings(operation),
            ["allowedHeaders"] = B2Wire.Strings("Authorization", "content-type", "range", "x-bz-*"),
            ["exposeHeaders"] = B2Wire.Strings("x-bz-content-sha1"),
            ["maxAgeSeconds"] = 3600,
        };

    private static Task<WireReply> PreflightAsync(string url, string method, string headers = "", string origin = Page)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, url);
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", method);
        if (headers.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", headers).ShouldBeTrue();
        }
        return B2Wire.SendAsync(request);
    }

    /// <summary>A bucket with these rules and the file a.txt.</summary>
    private async Task<(B2Wire B2, string Name, string BucketId)> NewBucketAsync(params JsonNode[] rules)
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await b2.CreateBucketAsync(name);
        await b2.OkAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["corsRules"] = new JsonArray(rules),
            }
        );
        await b2.UploadAsync(bucketId, "a.txt");
        return (b2, name, bucketId);
    }
}
