using System.Text.Json;

namespace B2Sdk.Tests.Surface;

[Trait("Fact", "C11")]
public sealed class SecretTests
{
    private const string Canary = "canary-4711-must-not-show";

    [Fact, Trait("Need", "S10")]
    public void A_secret_shows_asterisks_however_it_is_printed()
    {
        Secret secret = Canary;

        secret.ToString().ShouldBe("***");
        $"{secret}".ShouldBe("***");
        string.Format(null, "{0}", secret).ShouldBe("***");
        JsonSerializer.Serialize(secret).ShouldNotContain(Canary);
        new { secret }.ToString()!.ShouldNotContain(Canary);
        secret.Reveal().ShouldBe(Canary);
    }

    [Fact]
    public void Secrets_are_compared_by_what_they_hold()
    {
        (new Secret("a") == "a").ShouldBeTrue();
        (new Secret("a") != Secret.FromString("b")).ShouldBeTrue();
        new Secret("a").Equals((object)new Secret("a")).ShouldBeTrue();
        new Secret("a").GetHashCode().ShouldBe(new Secret("a").GetHashCode());
        default(Secret).Reveal().ShouldBe("");
        Should.Throw<ArgumentNullException>(() => new Secret(null!));
    }

    [Fact]
    public async Task Records_that_hold_secrets_print_asterisks()
    {
        await using var rig = await Rig.StartAsync();
        var authorization = await rig.Api.GetAuthorizationAsync(Rig.Stop);

        $"{authorization}".ShouldNotContain(Rig.Key);
        $"{authorization}".ShouldNotContain(authorization.AuthorizationToken.Reveal());
        new UploadUrl(new("https://pod.example"), Canary).ToString().ShouldNotContain(Canary);
        JsonSerializer.Serialize(authorization).ShouldNotContain(Rig.Key);
    }

    [Fact, Trait("Need", "S7")]
    public async Task A_token_that_the_service_repeats_is_taken_out_of_its_text()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 2 } });
        Reply gossip = (far, exchange, stop) =>
            Answer.Error(400, "auth_token_limit", $"more than one upload using auth token {exchange.Token}")(far, exchange, stop);
        rig.Far.Always("b2_upload_file", gossip);
        rig.Far.Always("b2_list_buckets", gossip);

        var upload = await Should.ThrowAsync<B2Exception>(rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", cancellationToken: Rig.Stop));
        var call = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        foreach (var (failure, operation) in new[] { (upload, "b2_upload_file"), (call, "b2_list_buckets") })
        {
            failure.ToString().ShouldNotContain(rig.Far.Last(operation).Token);
            failure.ServerMessage.ShouldBe("more than one upload using auth token ***");
        }
        AllText(rig).ShouldAllBe(text => !text.Contains("_upld_") && !text.Contains("_acct_"));
    }

    [Fact, Trait("Need", "S7")]
    public async Task Any_live_token_is_taken_out_of_the_services_texts()
    {
        await using var rig = await Rig.StartAsync();
        var token = (await rig.Api.GetAuthorizationAsync(Rig.Stop)).AuthorizationToken.Reveal();
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", cancellationToken: Rig.Stop);
        var uploadToken = rig.Far.Last("b2_upload_file").Token;
        rig.Far.Next("b2_hide_file", Answer.Error(400, "bad_request", $"{token} and {uploadToken} and {Rig.Key} are all wrong"));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Bucket.HideFileAsync("a", Rig.Stop));

        failure.ServerMessage.ShouldBe("*** and *** and *** are all wrong");
    }

    [Fact, Trait("Need", "S8"), Trait("Need", "S9")]
    public async Task Nothing_secret_is_logged_or_thrown_whatever_happens()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 3 } });
        rig.Store("a", Rig.Bytes(100));
        string[] operations =
        [
            "b2_authorize_account",
            "b2_list_buckets",
            "b2_upload_file",
            "b2_get_upload_url",
            "b2_upload_part",
            "b2_start_large_file",
            "b2_download_file_by_name",
        ];
        Func<string, Reply>[] troubles =
        [
            _ => Answer.Error(503, "service_unavailable", "busy"),
            _ => Answer.Error(401, "unauthorized"),
            _ => Answer.Error(401, "expired_auth_token"),
            _ => Answer.Unreachable,
            _ => Answer.HungUp,
            _ => Answer.Body(200, "<html>"),
            _ => (far, exchange, stop) => Answer.Error(400, "bad_request", exchange.Token)(far, exchange, stop),
        ];
        var failures = new List<string>();
        foreach (var operation in operations)
        {
            foreach (var trouble in troubles)
            {
                rig.Far.Always(operation, trouble(operation));
                foreach (
                    var call in new Func<Task>[]
                    {
                        () => rig.AuthorizeAsync(),
                        () => rig.Api.ListBucketsAsync(Rig.Stop),
                        () => rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "b", cancellationToken: Rig.Stop),
                        () => rig.Bucket.UploadBytesAsync(Rig.Bytes(20_000), "c", cancellationToken: Rig.Stop),
                        () => rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Rig.Stop),
                    }
                )
                {
                    failures.Add($"{await Record.ExceptionAsync(call)}");
                }
                rig.Far.Always(operation, Answer.Good);
            }
        }

        failures.Count(text => text.Length > 0).ShouldBeGreaterThan(20);
        foreach (var text in failures.Concat(AllText(rig)))
        {
            text.ShouldNotContain(Rig.Key);
            text.ShouldNotContain("_acct_");
            text.ShouldNotContain("_upld_");
            text.ShouldNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Rig.KeyId}:{Rig.Key}")));
        }
    }

    [Fact, Trait("Need", "S9")]
    public async Task Tokens_travel_in_headers_and_never_in_urls()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "b", cancellationToken: Rig.Stop);
        await rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Rig.Stop);
        await rig.Bucket.GetFileInfoByNameAsync("a", cancellationToken: Rig.Stop);

        rig.Far.Journal.ShouldAllBe(sent =>
            sent.Token.Length > 0 && !sent.Url.AbsoluteUri.Contains("Authorization") && !sent.Url.AbsoluteUri.Contains(sent.Token)
        );
        (await rig.Bucket.GetDownloadUrlAsync("a", Rig.Stop)).Query.ShouldBe("");
    }

    private static IEnumerable<string> AllText(Rig rig) =>
        rig.Logs.Entries.Select(entry => entry.Text).Concat(rig.Notices.Select(notice => $"{notice}"));
}
