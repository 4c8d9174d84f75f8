using System.Net;

namespace B2Sdk.IntegrationTests;

public sealed class SharingTests(EmulatorFixture emulator) : AccountTest(emulator, Scope.Account)
{
    [Theory, Trait("Need", "S17")]
    [InlineData("docs/letter.txt")]
    [InlineData("a b+c%d#e?f&g=h/ä😀.txt")]
    [InlineData("a/../b//c")]
    public async Task A_signed_url_opens_the_file_with_the_headers_that_were_asked_for(string name)
    {
        await UploadAsync(name, [1, 2, 3]);
        var overrides = new DownloadOverrides
        {
            ContentDisposition = "attachment; filename=\"letter & more.txt\"",
            ContentType = "text/markdown",
            CacheControl = "no-store",
        };

        var url = await Bucket.CreateSignedUrlAsync(name, TimeSpan.FromMinutes(5), overrides, Stop);
        using var response = await GetAsync(url);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync(Stop)).ShouldBe([1, 2, 3]);
        response.Content.Headers.ContentDisposition!.ToString().ShouldBe(overrides.ContentDisposition);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/markdown");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact, Trait("Need", "S17")]
    public async Task A_signed_url_opens_no_other_name_and_no_other_headers()
    {
        await UploadAsync("docs/letter.txt");
        await UploadAsync("docs/secret.txt");
        var overrides = new DownloadOverrides { ContentType = "text/markdown" };

        var url = (await Bucket.CreateSignedUrlAsync("docs/letter.txt", TimeSpan.FromMinutes(5), overrides, Stop)).AbsoluteUri;
        using var other = await GetAsync(new(url.Replace("letter", "secret", StringComparison.Ordinal)));
        using var changed = await GetAsync(new(url.Replace("markdown", "html", StringComparison.Ordinal)));
        using var bare = await GetAsync(await Bucket.GetDownloadUrlAsync("docs/letter.txt", Stop));

        new[] { other, changed, bare }.ShouldAllBe(response => response.StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_for_a_prefix_opens_all_below_it()
    {
        await UploadAsync("docs/a");
        await UploadAsync("other/a");

        var token = await Bucket.GetDownloadAuthorizationAsync("docs/", TimeSpan.FromHours(1), cancellationToken: Stop);
        using var good = await GetAsync(await Bucket.GetDownloadUrlAsync("docs/a", Stop), token.AuthorizationToken);
        using var bad = await GetAsync(await Api.GetDownloadUrlAsync(Bucket.Name, "other/a", Stop), token.AuthorizationToken);

        (good.StatusCode, bad.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.Unauthorized));
        (token.BucketId, token.FileNamePrefix).ShouldBe((Bucket.Id, "docs/"));
    }

    [Fact]
    public async Task A_version_has_a_url_that_takes_the_accounts_token()
    {
        var file = await UploadAsync("a", [7]);
        var account = await Api.GetAuthorizationAsync(Stop);

        using var response = await GetAsync(await Api.GetDownloadUrlAsync(file, Stop), account.AuthorizationToken);

        (await response.Content.ReadAsByteArrayAsync(Stop)).ShouldBe([7]);
    }

    private static async Task<HttpResponseMessage> GetAsync(Uri url, Secret? token = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (token is { } value)
        {
            request.Headers.TryAddWithoutValidation("Authorization", value.Reveal());
        }
        return await http.SendAsync(request, Stop);
    }
}
