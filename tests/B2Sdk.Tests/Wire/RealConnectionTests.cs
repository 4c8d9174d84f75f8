using System.Text;

namespace B2Sdk.Tests.Wire;

/// <summary>What the library's own handler does on a real connection.</summary>
public sealed class RealConnectionTests
{
    private static readonly string HelloSha1 = FarSide.HexSha1("hello"u8.ToArray());

    [Fact, Trait("Fact", "C14"), Trait("Need", "S11")]
    public async Task It_follows_no_redirect()
    {
        await using var server = new RawServer(
            (self, request) =>
                request.Path.Contains("authorize", StringComparison.Ordinal)
                    ? self.Authorization()
                    : $"HTTP/1.1 302 Found\r\nLocation: {self.Url}/elsewhere\r\nContent-Length: 0\r\n\r\n"
        );
        var (api, bucket) = await ConnectAsync(server);
        await using var _ = api;

        var failure = await Should.ThrowAsync<B2Exception>(
            bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Rig.Stop)
        );

        ((int?)failure.Status).ShouldBe(302);
        server.Requests.ShouldAllBe(request => request.Path != "/elsewhere");
    }

    [Fact, Trait("Fact", "C71")]
    public async Task It_neither_asks_for_compression_nor_undoes_it_nor_keeps_cookies()
    {
        const string Gzipped = "\u001f\u008bnot really";
        var sha1 = FarSide.HexSha1(Encoding.Latin1.GetBytes(Gzipped));
        await using var server = new RawServer(
            (self, request) =>
                request.Path.Contains("authorize", StringComparison.Ordinal)
                    ? self.Authorization()
                    : RawServer.Ok(Gzipped, "Content-Encoding: gzip", "Set-Cookie: a=b", "X-Bz-File-Id: 4_z1", $"X-Bz-Content-Sha1: {sha1}")
        );
        var (api, bucket) = await ConnectAsync(server);
        await using var _ = api;
        using var sink = new MemoryStream();

        var result = await bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop);
        await bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Rig.Stop);

        sink.ToArray().ShouldBeBytes(Encoding.Latin1.GetBytes(Gzipped));
        result.Verification.ShouldBe(ContentVerification.Sha1);
        result.File.FileInfo["b2-content-encoding"].ShouldBe("gzip");
        server.Requests.ShouldAllBe(request => !request.Headers.ContainsKey("Accept-Encoding") && !request.Headers.ContainsKey("Cookie"));
    }

    [Theory, Trait("Fact", "C72"), Trait("Fact", "C43")]
    [InlineData("a/../b", "/file/my-bucket/a/../b")]
    [InlineData("./x//y/", "/file/my-bucket/./x//y/")]
    [InlineData("100%25?#é +", "/file/my-bucket/100%2525%3F%23%C3%A9%20%2B")]
    public async Task It_sends_paths_as_they_are_written(string name, string path)
    {
        await using var server = new RawServer(
            (self, request) =>
                request.Path.Contains("authorize", StringComparison.Ordinal)
                    ? self.Authorization()
                    : RawServer.Ok("hello", "X-Bz-File-Id: 4_z1", $"X-Bz-Content-Sha1: {HelloSha1}")
        );
        var (api, bucket) = await ConnectAsync(server);
        await using var _ = api;

        await bucket.DownloadToStreamAsync(name, new MemoryStream(), cancellationToken: Rig.Stop);

        server.Requests.Last().Line.ShouldBe($"GET {path} HTTP/1.1");
        server.Requests.Last().Headers["Authorization"].ShouldBe("t");
    }

    [Theory, Trait("Fact", "C39"), Trait("Fact", "C40"), Trait("Fact", "C42")]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(3_000_000)]
    public async Task It_states_the_length_of_an_upload_and_never_chunks(int size)
    {
        await using var server = new RawServer(
            (self, request) =>
                request.Path.Contains("authorize", StringComparison.Ordinal) ? self.Authorization()
                : request.Path.EndsWith("b2_get_upload_url", StringComparison.Ordinal) ? UploadUrl(self)
                : Stored(size)
        );
        var (api, bucket) = await ConnectAsync(server);
        await using var _ = api;

        await bucket.UploadStreamAsync(new OneShotStream(Rig.Bytes(size)), "a", cancellationToken: Rig.Stop);

        var sent = server.Requests.Last();
        sent.Headers["Content-Length"].ShouldBe($"{size + 40}");
        sent.Headers.Keys.ShouldNotContain("Transfer-Encoding");
        sent.Headers.ContainsKey("Expect").ShouldBe(size >= 1024 * 1024);
        sent.Body[..size].ShouldBeBytes(Rig.Bytes(size));
    }

    [Fact, Trait("Fact", "C35")]
    public async Task A_pod_that_is_full_refuses_a_large_body_before_it_is_sent()
    {
        var uploads = 0;
        await using var server = new RawServer(
            (self, request) =>
                request.Path.Contains("authorize", StringComparison.Ordinal) ? self.Authorization()
                : request.Path.EndsWith("b2_get_upload_url", StringComparison.Ordinal) ? UploadUrl(self)
                : ++uploads == 1 ? "!HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                : Stored(3_000_000)
        );
        var (api, bucket) = await ConnectAsync(server);
        await using var _ = api;

        await bucket.UploadBytesAsync(Rig.Bytes(3_000_000), "a", cancellationToken: Rig.Stop);

        uploads.ShouldBe(2);
        server.Requests.Count(request => request.Path.EndsWith("b2_get_upload_url", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_does_not_know_the_question_before_an_upload_is_not_asked_it_again()
    {
        await using var server = new RawServer(
            (self, request) =>
                request.Path.Contains("authorize", StringComparison.Ordinal) ? self.Authorization()
                : request.Path.EndsWith("b2_get_upload_url", StringComparison.Ordinal) ? UploadUrl(self)
                : request.Headers.ContainsKey("Expect")
                    ? "!HTTP/1.1 417 Expectation Failed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                : Stored(3_000_000)
        );
        var (api, bucket) = await ConnectAsync(server);
        await using var _ = api;

        await bucket.UploadBytesAsync(Rig.Bytes(3_000_000), "a", cancellationToken: Rig.Stop);
        await bucket.UploadBytesAsync(Rig.Bytes(3_000_000), "a", cancellationToken: Rig.Stop);

        server.Requests.Count(request => request.Headers.ContainsKey("Expect")).ShouldBe(1);
    }

    [Theory, Trait("Fact", "C13"), Trait("Fact", "C16")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n")]
    public async Task Answers_end_as_they_like(string head)
    {
        await using var server = new RawServer(
            (self, request) =>
            {
                var body = self.Authorization()[(self.Authorization().IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
                return head
                    + (
                        head.Contains("chunked", StringComparison.Ordinal)
                            ? $"5\r\n{body[..5]}\r\n{body.Length - 5:x}\r\n{body[5..]}\r\n0\r\n\r\n"
                            : body
                    );
            }
        );

        var (api, _) = await ConnectAsync(server);

        await api.DisposeAsync();
    }

    [Fact, Trait("Fact", "C1"), Trait("Fact", "C12"), Trait("Fact", "C86")]
    public async Task It_says_who_it_is()
    {
        await using var server = new RawServer((self, _) => self.Authorization());
        var (api, _) = await ConnectAsync(server);
        await api.DisposeAsync();

        var sent = server.Requests.First();
        sent.Line.ShouldBe("GET /b2api/v4/b2_authorize_account HTTP/1.1");
        sent.Headers["User-Agent"].ShouldStartWith("B2Sdk/");
        sent.Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("id:ключ")));
    }

    [Fact, Trait("Fact", "C69")]
    public async Task A_connection_that_is_cut_in_a_body_is_made_again()
    {
        var downloads = 0;
        await using var server = new RawServer(
            (self, request) =>
                request.Path.Contains("authorize", StringComparison.Ordinal) ? self.Authorization()
                : ++downloads == 1
                    ? $"!HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Bz-File-Id: 4_z1\r\nX-Bz-Content-Sha1: {HelloSha1}\r\n\r\nhel"
                : "HTTP/1.1 206 Partial Content\r\nContent-Length: 2\r\nContent-Range: bytes 3-4/5\r\nX-Bz-File-Id: 4_z1\r\n\r\nlo"
        );
        var (api, bucket) = await ConnectAsync(server);
        await using var _ = api;
        using var sink = new MemoryStream();

        await bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop);

        sink.ToArray().ShouldBeBytes("hello"u8.ToArray());
        server.Requests.Last().Headers["Range"].ShouldBe("bytes=3-4");
        server.Requests.Last().Path.ShouldBe("/b2api/v4/b2_download_file_by_id?fileId=4_z1");
    }

    [Fact]
    public async Task A_handler_of_the_callers_is_not_disposed()
    {
        await using var server = new RawServer((self, _) => self.Authorization());
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        for (var i = 0; i < 2; i++)
        {
            await using var api = new B2Api(new InMemoryAccountInfo(), new() { HttpHandler = handler });
            await api.AuthorizeAccountAsync(server.Url, "id", "key", Rig.Stop);
        }

        server.Requests.Count.ShouldBe(2);
    }

    [Fact, Trait("Need", "S11"), Trait("Fact", "C14")]
    public void A_handler_that_follows_redirects_is_refused()
    {
        using var sockets = new SocketsHttpHandler();
        using var client = new HttpClientHandler();
        using var wrapped = new Wrapper { InnerHandler = new Wrapper { InnerHandler = new SocketsHttpHandler() } };
        using var good = new Wrapper { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false } };

        foreach (var handler in new HttpMessageHandler[] { sockets, client, wrapped })
        {
            var failure = Should.Throw<ArgumentException>(() => new B2Api(new InMemoryAccountInfo(), new() { HttpHandler = handler }));
            failure.Message.ShouldContain("AllowAutoRedirect");
        }
        using var api = new B2Api(new InMemoryAccountInfo(), new() { HttpHandler = good });
    }

    [Fact, Trait("Need", "S11")]
    public async Task An_answer_to_a_redirect_that_a_handler_followed_is_not_believed()
    {
        await using var server = new RawServer((self, _) => self.Authorization());
        using var handler = new Follower(new Uri(server.Url + "/elsewhere"));
        await using var api = new B2Api(new InMemoryAccountInfo(), new() { HttpHandler = handler });

        var failure = await Should.ThrowAsync<B2Exception>(api.AuthorizeAccountAsync(server.Url, "id", "key", Rig.Stop));

        failure.Message.ShouldContain("redirect");
        failure.IsTransient.ShouldBeFalse();
    }

    private sealed class Wrapper : DelegatingHandler;

    private sealed class Follower(Uri elsewhere) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = elsewhere;
            return base.SendAsync(request, cancellationToken);
        }
    }

    private static async Task<(B2Api Api, Bucket Bucket)> ConnectAsync(RawServer server)
    {
        var api = new B2Api(new InMemoryAccountInfo(), new() { Retry = new() { BaseDelay = TimeSpan.FromMilliseconds(1) } });
        await api.AuthorizeAccountAsync(server.Url, "id", "ключ", Rig.Stop);
        return (api, await api.GetBucketByNameAsync("my-bucket", Rig.Stop));
    }

    private static string UploadUrl(RawServer server) =>
        RawServer.Json($"{{\"bucketId\":\"b1\",\"uploadUrl\":\"{server.Url}/pod\",\"authorizationToken\":\"u\"}}");

    private static string Stored(int size) =>
        RawServer.Json(
            $"{{\"fileId\":\"4_z1\",\"fileName\":\"a\",\"action\":\"upload\",\"contentLength\":{size},\"contentSha1\":\"{FarSide.HexSha1(Rig.Bytes(size))}\",\"uploadTimestamp\":1}}"
        );
}
