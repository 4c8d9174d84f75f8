using B2Sdk.Sessions;

namespace B2Sdk.Tests.Sessions;

public sealed class RealmTests
{
    [Theory]
    [InlineData("production", "https://api.backblazeb2.com/")]
    [InlineData("staging", "https://api.backblaze.net/")]
    [InlineData("emulator", "http://127.0.0.1:8182/")]
    [InlineData("https://b2.example:444/base", "https://b2.example:444/base")]
    [InlineData("http://localhost:8182", "http://localhost:8182/")]
    [InlineData("http://[::1]:8182", "http://[::1]:8182/")]
    public void A_realm_is_a_name_or_a_url(string realm, string url) =>
        Realms.Resolve(realm, allowInsecure: false).AbsoluteUri.ShouldBe(url);

    [Theory]
    [InlineData("Production")]
    [InlineData("prod")]
    [InlineData("api.backblazeb2.com")]
    [InlineData("ftp://b2.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:password@b2.example")]
    [InlineData("https://b2.example?x=1")]
    [InlineData("https://b2.example#x")]
    [InlineData("https://s3.us-west-004.backblazeb2.com")]
    [InlineData(" ")]
    public async Task What_is_neither_is_refused_before_anything_is_sent(string realm)
    {
        await using var rig = Rig.Fresh();

        var failure = await Should.ThrowAsync<ArgumentException>(rig.AuthorizeAsync(realm));

        failure.ParamName.ShouldBe("realm");
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://s3.us-west-004.backblazeb2.com")]
    [InlineData("https://S3.eu-central-003.BackblazeB2.com/")]
    public void An_S3_endpoint_is_told_from_a_realm(string endpoint)
    {
        var failure = Should.Throw<ArgumentException>(() => Realms.Resolve(endpoint, allowInsecure: false));

        failure.Message.ShouldContain($"'{endpoint}' is an endpoint of the S3-compatible API");
        failure.Message.ShouldContain("'production'");
        Should.NotThrow(() => Realms.Resolve("https://s3.example.com", allowInsecure: false));
    }

    [Theory, Trait("Need", "S13")]
    [InlineData("http://api.backblazeb2.com")]
    [InlineData("http://192.168.1.2:8182")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("dev")]
    public async Task Plain_http_to_another_machine_needs_the_callers_word(string realm)
    {
        await using var strict = Rig.Fresh();
        await using var lax = Rig.Fresh(
            far => far.ApiUrl = far.DownloadUrl = "http://api.b2.example",
            options => options with { AllowInsecureRealm = true }
        );

        (await Should.ThrowAsync<ArgumentException>(strict.AuthorizeAsync(realm))).Message.ShouldContain("AllowInsecureRealm");
        strict.Far.Journal.ShouldBeEmpty();
        if (realm != "http://api.backblazeb2.com")
        {
            await lax.AuthorizeAsync(realm);
        }
    }

    [Theory, Trait("Fact", "C13"), Trait("Fact", "C86")]
    [InlineData("http://127.0.0.1:8182", "http://127.0.0.1:8182")]
    [InlineData("http://localhost:8182", "http://[::1]:9999")]
    [InlineData("http://127.0.0.1:8182", "https://elsewhere.example:444")]
    [InlineData("https://b2.example", "https://pod.of-another.example:444")]
    [InlineData("https://192.168.1.2:444", "https://192.168.1.3")]
    [InlineData("production", "https://f004.backblazeb2.com")]
    [InlineData("production", "https://pod-000-1129-06.backblaze.com:443")]
    [InlineData("staging", "https://f000.backblaze.net")]
    public void Urls_that_a_realm_can_honestly_give_are_accepted(string realm, string given) =>
        Should.NotThrow(() =>
            Realms.CheckGivenUrl(Realms.Resolve(realm, allowInsecure: true), new(given), "apiUrl", "b2_authorize_account")
        );

    public static TheoryData<string> Dishonest =>
        [
            "http://f004.backblazeb2.com",
            "file:///etc/passwd",
            "ftp://f004.backblazeb2.com",
            "https://evil.example",
            "https://backblazeb2.com.evil.example",
            "https://notbackblazeb2.com",
            "https://f004.backblazeb2.com@evil.example",
            "https://169.254.169.254/latest",
            "https://localhost",
            "https://localhost.",
            "https://LOCALHOST:444",
            "https://127.0.0.1",
            "https://127.1",
            "https://2130706433",
            "https://0x7f.0.0.1",
            "https://0177.0.0.1",
            "https://0.0.0.0",
            "https://10.1.2.3",
            "https://172.16.0.1",
            "https://172.31.255.255",
            "https://192.168.0.1",
            "https://100.64.0.1",
            "https://[::1]",
            "https://[::]",
            "https://[fe80::1]",
            "https://[fd00::1]",
            "https://[::ffff:127.0.0.1]",
            "https://[::ffff:10.0.0.1]",
            "api002",
            "/b2api",
            "",
        ];

    [Theory, MemberData(nameof(Dishonest)), Trait("Need", "S12"), Trait("Need", "S11")]
    public async Task Urls_that_production_cannot_honestly_give_are_refused(string given)
    {
        foreach (var member in new[] { "apiUrl", "downloadUrl" })
        {
            await using var rig = Rig.Fresh(far =>
            {
                far.ApiUrl = member == "apiUrl" ? given : far.ApiUrl;
                far.DownloadUrl = member == "downloadUrl" ? given : far.DownloadUrl;
            });

            var failure = await Should.ThrowAsync<B2Exception>(rig.AuthorizeAsync());

            failure.Operation.ShouldBe("b2_authorize_account");
            (await rig.Account.LoadAsync(Rig.Stop)).ShouldBeNull();
            rig.Far.Journal.Count.ShouldBe(1);
        }
    }

    [Theory, MemberData(nameof(Dishonest)), Trait("Need", "S12")]
    public async Task Upload_urls_that_production_cannot_honestly_give_are_refused(string given)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_get_upload_url", Answer.ChangedJson(json => json["uploadUrl"] = given));
        rig.Far.Always("b2_get_upload_part_url", Answer.ChangedJson(json => json["uploadUrl"] = given));

        (
            await Should.ThrowAsync<B2Exception>(rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", cancellationToken: Rig.Stop))
        ).Operation.ShouldBe("b2_get_upload_url");
        await Should.ThrowAsync<B2Exception>(rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "a", cancellationToken: Rig.Stop));

        rig.Far.Count("b2_upload_file").ShouldBe(0);
        rig.Far.Count("b2_upload_part").ShouldBe(0);
    }

    [Theory, Trait("Need", "S12")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://127.0.0.1")]
    public void A_public_realm_of_ones_own_may_not_point_inside_either(string given) =>
        Should.Throw<B2Exception>(() => Realms.CheckGivenUrl(new("https://b2.example"), new(given), "apiUrl", "b2_authorize_account"));

    [Theory]
    [InlineData("http://")]
    [InlineData("https://[")]
    [InlineData("https://a:99999999")]
    [InlineData("//")]
    public async Task A_url_that_is_none_is_refused_as_a_B2Exception(string given)
    {
        await using var rig = Rig.Fresh(far => far.ApiUrl = given, options => options with { Retry = new() { MaxAttempts = 1 } });

        await Should.ThrowAsync<B2Exception>(rig.AuthorizeAsync());
    }

    [Theory, Trait("Fact", "C14"), Trait("Need", "S11")]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_refused(int status)
    {
        await using var rig = await Rig.StartAsync();
        Reply redirect = (far, _, _) =>
        {
            var response = Answer.Text(far, status, "", "text/html", null);
            response.Headers.Location = new("https://evil.example/");
            return Task.FromResult(response);
        };
        foreach (var operation in new[] { "b2_list_buckets", "b2_upload_file", "b2_download_file_by_name", "b2_authorize_account" })
        {
            rig.Far.Always(operation, redirect);
        }

        foreach (
            var call in new Func<Task>[]
            {
                () => rig.Api.ListBucketsAsync(Rig.Stop),
                () => rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", cancellationToken: Rig.Stop),
                () => rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Rig.Stop),
                () => rig.AuthorizeAsync(),
            }
        )
        {
            var failure = await Should.ThrowAsync<B2Exception>(call);
            ((int?)failure.Status).ShouldBe(status);
            failure.Attempts.ShouldBe(1);
        }
        rig.Far.Journal.ShouldAllBe(sent => sent.Url.Host != "evil.example");
    }

    [Fact]
    public async Task An_upload_url_is_sent_back_as_it_came()
    {
        await using var rig = await Rig.StartAsync(far => far.PodUrl = "https://pod-000.backblaze.com/a/./b%2e%2F");

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", cancellationToken: Rig.Stop);

        rig.Far.Last("b2_upload_file").Url.OriginalString.ShouldStartWith("https://pod-000.backblaze.com/a/./b%2e%2F/b2api");
        rig.Far.Violations.ShouldBeEmpty();
    }
}
