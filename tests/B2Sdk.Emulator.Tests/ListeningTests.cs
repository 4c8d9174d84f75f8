using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace B2Sdk.Emulator.Tests;

/// <summary>Where an emulator listens, by http and by https.</summary>
public sealed class ListeningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task With_tls_it_serves_https_to_whoever_trusts_its_authority_and_http_as_before()
    {
        await using var emulator = await B2Emulator.StartAsync(new() { Tls = new() }, Cancelled);

        var answer = await AuthorizeAsync(emulator, Trust(emulator.TlsAuthorityFile!));

        var url = B2Wire.Text(answer["apiInfo"]!["storageApi"]!["apiUrl"]);
        url.ShouldBe(emulator.TlsUrl!.ToString().TrimEnd('/'));
        url.ShouldStartWith("https://127.0.0.1:");
        (await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account)).ApiUrl.ShouldBe(emulator.Url.ToString().TrimEnd('/'));
    }

    [Fact]
    public async Task Whoever_does_not_trust_its_authority_gets_no_answer()
    {
        await using var emulator = await B2Emulator.StartAsync(new() { Tls = new() }, Cancelled);
        await using var other = await B2Emulator.StartAsync(new() { Tls = new() }, Cancelled);

        await Should.ThrowAsync<HttpRequestException>(() => AuthorizeAsync(emulator, Trust(other.TlsAuthorityFile!)));
    }

    [Fact]
    public async Task Large_bodies_pass_through_tls_both_ways()
    {
        await using var emulator = await B2Emulator.StartAsync(new() { Tls = new() }, Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var name = EmulatorTest.NewBucketName();
        var target = await b2.UploadUrlAsync(await b2.CreateBucketAsync(name));
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        using var client = NewClient(Trust(emulator.TlsAuthorityFile!));

        using var upload = new HttpRequestMessage(HttpMethod.Post, new Uri(emulator.TlsUrl!, target.Url.PathAndQuery));
        upload.Content = new ByteArrayContent(content);
        upload.Headers.TryAddWithoutValidation("Authorization", target.Token);
        upload.Headers.Add("X-Bz-File-Name", "large");
        upload.Headers.Add("X-Bz-Content-Sha1", B2Wire.Sha1(content));
        upload.Content.Headers.ContentType = new("text/plain");
        using var uploaded = await client.SendAsync(upload, Cancelled);
        using var download = new HttpRequestMessage(HttpMethod.Get, new Uri(emulator.TlsUrl!, $"/file/{name}/large"));
        download.Headers.TryAddWithoutValidation("Authorization", b2.Token);
        using var downloaded = await client.SendAsync(download, Cancelled);

        uploaded.IsSuccessStatusCode.ShouldBeTrue();
        (await downloaded.Content.ReadAsByteArrayAsync(Cancelled)).AsSpan().SequenceEqual(content).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_leaves_a_download_by_https_before_its_end_is_no_error_of_the_emulator()
    {
        using var log = new LogBook();
        await using (var emulator = await B2Emulator.StartAsync(new() { Tls = new(), LoggerFactory = log }, Cancelled))
        {
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            var name = EmulatorTest.NewBucketName();
            var target = await b2.UploadUrlAsync(await b2.CreateBucketAsync(name));
            (await B2Wire.UploadAsync(target, "large", new byte[10_000_000])).ShouldBeOk();

            for (var i = 0; i < 20; i++)
            {
                using var client = NewClient(Trust(emulator.TlsAuthorityFile!));
                using var download = new HttpRequestMessage(HttpMethod.Get, new Uri(emulator.TlsUrl!, $"/file/{name}/large"));
                download.Headers.TryAddWithoutValidation("Authorization", b2.Token);
                using var begun = await client.SendAsync(download, HttpCompletionOption.ResponseHeadersRead, Cancelled);
                begun.IsSuccessStatusCode.ShouldBeTrue();
            }
        }

        log.Text.ShouldNotContain("Unhandled exception");
    }

    [Fact]
    public async Task Plain_http_on_the_port_for_https_is_hung_up_on()
    {
        await using var emulator = await B2Emulator.StartAsync(new() { Tls = new() }, Cancelled);
        await using var connection = await RawConnection.OpenAsync(emulator.TlsUrl!);

        await connection.SendAsync("GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n\r\n");

        (await connection.ReadReplyAsync()).Status.ShouldBe(0);
    }

    [Fact]
    public async Task The_authority_is_written_where_it_is_asked_for_and_no_private_key_anywhere()
    {
        var file = _folder.AFile;
        await using var emulator = await B2Emulator.StartAsync(
            new()
            {
                DataDirectory = _folder.Data,
                Tls = new() { AuthorityFile = file },
            },
            Cancelled
        );

        emulator.TlsAuthorityFile.ShouldBe(file);
        (await File.ReadAllTextAsync(file, Cancelled)).ShouldStartWith("-----BEGIN CERTIFICATE-----");
        foreach (var written in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "*", SearchOption.AllDirectories))
        {
            if (!written.EndsWith("lock", StringComparison.Ordinal))
            {
                (await File.ReadAllTextAsync(written, Cancelled)).ShouldNotContain("PRIVATE KEY", customMessage: written);
            }
        }
    }

    [Fact]
    public async Task A_certificate_of_ones_own_is_served()
    {
        await using var maker = await B2Emulator.StartAsync(new() { Tls = new() }, Cancelled);
        var (certificate, authority) = B2Sdk.Emulator.Http.Certificates.Make(["127.0.0.1"], TimeProvider.System.GetUtcNow());
        var certificateFile = Path.Combine(Path.GetDirectoryName(_folder.AFile)!, "server.pem");
        var keyFile = Path.Combine(Path.GetDirectoryName(_folder.AFile)!, "server.key");
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem(), Cancelled);
        await File.WriteAllTextAsync(keyFile, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), Cancelled);
        certificate.Dispose();
        await using var emulator = await B2Emulator.StartAsync(
            new()
            {
                Tls = new() { CertificateFile = certificateFile, KeyFile = keyFile },
            },
            Cancelled
        );

        await AuthorizeAsync(emulator, X509Certificate2.CreateFromPem(authority));

        emulator.TlsAuthorityFile.ShouldBeNull();
    }

    [Fact]
    public async Task A_certificate_that_is_none_is_named()
    {
        var file = _folder.AFile;

        var refusal = await Should.ThrowAsync<EmulatorStartException>(() =>
            B2Emulator.StartAsync(
                new()
                {
                    Tls = new() { CertificateFile = file, KeyFile = file },
                },
                Cancelled
            )
        );

        refusal.Message.ShouldContain(file);
    }

    [Theory, Trait("Need", "S21")]
    [InlineData(null, "K000own", "a control token")]
    [InlineData("let-me-in", B2EmulatorOptions.DefaultApplicationKey, "an application key of your own")]
    public async Task An_address_that_others_reach_needs_a_control_token_and_a_key_that_nobody_knows(string? token, string key, string what)
    {
        var options = new B2EmulatorOptions
        {
            Host = "0.0.0.0",
            ControlToken = token,
            ApplicationKey = key,
        };

        var refusal = await Should.ThrowAsync<ArgumentException>(() => B2Emulator.StartAsync(options, Cancelled));

        refusal.Message.ShouldContain(what);
    }

    [Theory]
    [InlineData("")]
    [InlineData("b2.example.com")]
    [InlineData("127.0.0.1:80")]
    public async Task What_is_no_address_is_named(string host)
    {
        var refusal = await Should.ThrowAsync<ArgumentException>(() => B2Emulator.StartAsync(new() { Host = host }, Cancelled));

        refusal.Message.ShouldContain($"'{host}'");
    }

    [Theory]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("::1", "[::1]")]
    public async Task It_listens_at_the_address_that_is_given(string host, string inUrl)
    {
        Assert.SkipUnless(host == "localhost" || HasAddress(IPAddress.IPv6Loopback), "There is no such address here.");

        await using var emulator = await B2Emulator.StartAsync(new() { Host = host, Tls = new() }, Cancelled);

        emulator.Url.Host.ShouldBe(inUrl);
        emulator.TlsUrl!.Host.ShouldBe(inUrl);
        (await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account)).ApiUrl.ShouldBe(emulator.Url.ToString().TrimEnd('/'));
        await AuthorizeAsync(emulator, Trust(emulator.TlsAuthorityFile!));
    }

    [Fact]
    public async Task An_address_that_this_machine_does_not_have_is_named()
    {
        // One of those that are for documentation and nobody's.
        var options = new B2EmulatorOptions
        {
            Host = "192.0.2.1",
            ControlToken = "let-me-in",
            ApplicationKey = "K000own",
        };

        var refusal = await Should.ThrowAsync<EmulatorStartException>(() => B2Emulator.StartAsync(options, Cancelled));

        refusal.Message.ShouldContain("192.0.2.1");
    }

    [Fact]
    public async Task A_start_that_is_to_stop_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            B2Emulator.StartAsync(new() { DataDirectory = _folder.Data, Seed = ["hostile"] }, stop.Token)
        );

        await using var emulator = await B2Emulator.StartAsync(new() { DataDirectory = _folder.Data, Seed = ["hostile"] }, Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray().Count.ShouldBe(1);
    }

    private static bool HasAddress(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static X509Certificate2 Trust(string authorityFile) => X509Certificate2.CreateFromPem(File.ReadAllText(authorityFile));

    private static HttpClient NewClient(X509Certificate2 authority) =>
        new(
            new SocketsHttpHandler
            {
                UseProxy = false,
                SslOptions = new SslClientAuthenticationOptions
                {
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        CustomTrustStore = { authority },
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                },
            }
        );

    private static async Task<JsonObject> AuthorizeAsync(B2Emulator emulator, X509Certificate2 authority)
    {
        using var client = NewClient(authority);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(emulator.TlsUrl!, "b2api/v4/b2_authorize_account"));
        request.Headers.Authorization = B2Wire.Basic($"{emulator.Account.ApplicationKeyId}:{emulator.Account.ApplicationKey}");
        using var response = await client.SendAsync(request, Cancelled);
        return (await WireReply.ReadAsync(response, Cancelled)).ShouldBeOk().Json;
    }
}
