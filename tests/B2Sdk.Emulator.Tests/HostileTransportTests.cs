namespace B2Sdk.Emulator.Tests;

/// <summary>HTTP as no well-behaved client speaks it: each request gets an answer, or the connection is closed; none fails the emulator, none hangs.</summary>
public sealed class HostileTransportTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string Health = "/_emulator/health";

    [Fact]
    public async Task Requests_that_come_in_one_go_are_answered_one_after_the_other()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await using var connection = await RawConnection.OpenAsync(b2.Realm);

        await connection.SendAsync(
            Post(b2, "b2_get_upload_url", $$"""{"bucketId":"{{bucketId}}"}""")
                + Post(b2, "b2_list_file_names", "{")
                + $"GET {Health} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        );

        var first = await connection.ReadReplyAsync();
        (first.Status, first.Body.Contains("uploadUrl", StringComparison.Ordinal)).ShouldBe((200, true));
        (await connection.ReadReplyAsync()).Status.ShouldBe(400);
        // B2 ends the connection on which it has answered 400.
        (await connection.ReadReplyAsync()).Status.ShouldBe(0);
    }

    [Theory]
    [InlineData("GET http://somewhere.example/_emulator/health HTTP/1.1\r\nHost: somewhere.example\r\n\r\n", 200)]
    [InlineData("GET http://somewhere.example/_emulator/health HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", 200)]
    [InlineData("get /_emulator/health HTTP/1.1\r\nHost: a\r\n\r\n", 405)]
    [InlineData("get /b2api/v4/b2_list_buckets HTTP/1.1\r\nHost: a\r\n\r\n", 405)]
    [InlineData("head /b2api/v4/b2_list_buckets HTTP/1.1\r\nHost: a\r\n\r\n", 405)]
    [InlineData("head /file/bucket/a HTTP/1.1\r\nHost: a\r\n\r\n", 405)]
    [InlineData("post /b2api/v4/b2_upload_file/a/b HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 405)]
    [InlineData("GET /_emulator/health HTTP/1.0\r\n\r\n", 200)]
    [InlineData("GET /_emulator/health HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /_emulator/health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET /_emulator/health HTTP/9.9\r\nHost: a\r\n\r\n", 505)]
    [InlineData("GET  /_emulator/health HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /\u00ff\u00fe HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [InlineData("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 404)]
    [InlineData("POST /b2api/v4/b2_list_buckets HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400)]
    [InlineData("POST /b2api/v4/b2_list_buckets HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST /b2api/v4/b2_list_buckets HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400)]
    [InlineData("POST /b2api/v4/b2_authorize_account HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 400)]
    [InlineData("GET /_emulator/health HTTP/1.1\r\nHost: a\r\nBad Header: 1\r\n\r\n", 400)]
    [InlineData("GET /_emulator/health HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n", 400)]
    [InlineData("GET /_emulator/health HTTP/1.1\r\nHost: a\r\n folded: 1\r\n\r\n", 400)]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n", 400)]
    [InlineData("GET /file/a%/b HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file/bucket/%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file/bucket/a?Authorization=%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    public async Task A_request_of_odd_form_is_answered(string request, int expected)
    {
        await using var connection = await RawConnection.OpenAsync(Emulator.Url);

        await connection.SendAsync(request);
        var (status, body) = await connection.ReadReplyAsync();

        status.ShouldBe(expected, body);
    }

    [Theory]
    [InlineData(1, 100_000, 431)]
    [InlineData(5_000, 1, 431)]
    [InlineData(400, 1, 200)]
    public async Task Headers_may_be_many_but_not_endless(int count, int length, int expected)
    {
        await using var connection = await RawConnection.OpenAsync(Emulator.Url);
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('a', length)}\r\n"));

        await connection.SendAsync($"GET {Health} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

        (await connection.ReadReplyAsync()).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task A_request_line_without_end_is_refused()
    {
        await using var connection = await RawConnection.OpenAsync(Emulator.Url);

        await connection.SendAsync($"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n");

        (await connection.ReadReplyAsync()).Status.ShouldBe(414);
    }

    [Fact, Trait("Fact", "S112")]
    public async Task As_much_info_as_is_allowed_fits_into_the_headers()
    {
        var (b2, bucketId) = await NewBucketAsync();
        // A line of info with a value of one letter has 16 to 18 bytes: nearly 400 of them are allowed.
        var info = Enumerable.Range(0, 390).Select(i => ($"X-Bz-Info-{i}", "v")).ToArray();

        var reply = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", "hello"u8.ToArray(), info);

        reply.ShouldBeOk().Json["fileInfo"]!.AsObject().Count.ShouldBe(390);
    }

    [Fact]
    public async Task A_refusal_does_not_ask_for_the_body_first()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        await using var connection = await RawConnection.OpenAsync(target.Url);

        await connection.SendAsync(
            RawConnection.UploadHead(
                target with
                {
                    Token = "made-up",
                },
                "a",
                5,
                B2Wire.Sha1("hello"u8.ToArray()),
                "Expect: 100-continue\r\n"
            )
        );
        var head = await connection.ReadHeadAsync();

        head.ShouldStartWith("HTTP/1.1 401");
        // Else a client that keeps the body back would wait on this connection for an answer to what it sends instead.
        head.ShouldContain("Connection: close");
    }

    [Fact, Trait("Fact", "S38")]
    public async Task Two_tokens_are_none()
    {
        var b2 = await NewAccountAsync();
        await using var connection = await RawConnection.OpenAsync(b2.Realm);

        await connection.SendAsync(Post(b2, "b2_list_buckets", "{}", $"Authorization: {b2.Token}\r\n"));

        (await connection.ReadReplyAsync()).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"bucketId\"")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n64\r\n{\"bucketId\"")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nnot a length\r\n{}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}")]
    public async Task A_body_that_ends_too_early_ends_the_call(string rest)
    {
        var b2 = await NewAccountAsync();
        await using var connection = await RawConnection.OpenAsync(b2.Realm);

        await connection.SendAsync($"POST /b2api/v4/b2_get_upload_url HTTP/1.1\r\nHost: localhost\r\nAuthorization: {b2.Token}\r\n{rest}");
        connection.EndSending();

        // Whoever says that he will send no more may be taken for gone.
        (await connection.ReadReplyAsync()).Status.ShouldBeOneOf(0, 400);
    }

    [Fact]
    public async Task Json_in_chunks_is_json()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var body = $$"""{"bucketId":"{{bucketId}}"}""";
        await using var connection = await RawConnection.OpenAsync(b2.Realm);

        await connection.SendAsync(
            $"POST /b2api/v4/b2_get_upload_url HTTP/1.1\r\nHost: localhost\r\nAuthorization: {b2.Token}\r\nTransfer-Encoding: chunked\r\n\r\n"
                + string.Concat(body.Chunk(7).Select(chunk => $"{chunk.Length:x}\r\n{new string(chunk)}\r\n"))
                + "0\r\n\r\n"
        );
        var (status, reply) = await connection.ReadReplyAsync();

        status.ShouldBe(200, reply);
    }

    [Fact]
    public async Task Json_without_end_in_chunks_is_refused()
    {
        var b2 = await NewAccountAsync();
        await using var connection = await RawConnection.OpenAsync(b2.Realm);
        var chunk = $"100000\r\n{new string(' ', 0x100000)}\r\n";

        await connection.SendAsync(
            $"POST /b2api/v4/b2_get_upload_url HTTP/1.1\r\nHost: localhost\r\nAuthorization: {b2.Token}\r\nTransfer-Encoding: chunked\r\n\r\n"
        );
        for (var i = 0; i < 5; i++)
        {
            await connection.SendAsync(chunk);
        }

        (await connection.ReadReplyAsync()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Whoever_stops_in_the_middle_of_a_body_is_told_that_it_takes_too_long()
    {
        await using var emulator = await B2Emulator.StartAsync(new() { PatienceWithBodies = TimeSpan.FromSeconds(1.5) }, Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        await using var upload = await RawConnection.OpenAsync(emulator.Url);
        await using var call = await RawConnection.OpenAsync(emulator.Url);

        await upload.SendAsync(RawConnection.UploadHead(target, "slow", 5, B2Wire.Sha1("hello"u8.ToArray())) + "hel");
        await call.SendAsync(
            Post(b2, "b2_list_buckets", "{}").Replace("Content-Length: 2", "Content-Length: 20", StringComparison.Ordinal)
        );
        var replies = await Task.WhenAll(upload.ReadReplyAsync(), call.ReadReplyAsync());

        foreach (var (status, body) in replies)
        {
            status.ShouldBe(408, body);
            JsonNode.Parse(body)!["code"]!.GetValue<string>().ShouldBe("request_timeout");
        }
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    private static string Post(B2Wire b2, string operation, string body, string more = "") =>
        $"POST /b2api/v4/{operation} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {b2.Token}\r\n{more}Content-Length: {body.Length}\r\n\r\n{body}";
}
