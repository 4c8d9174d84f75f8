using System.Text;

namespace B2Sdk.Tests.Sessions;

public sealed class AuthorizationTests
{
    [Fact, Trait("Fact", "C1")]
    public async Task The_key_goes_as_basic_credentials_in_one_line()
    {
        await using var rig = Rig.Fresh();

        await rig.AuthorizeAsync();

        var sent = rig.Far.Last("b2_authorize_account");
        sent.Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Rig.KeyId}:{Rig.Key}")));
        sent.Headers["Authorization"].ShouldNotContain("\n");
        sent.Url.AbsoluteUri.ShouldBe("https://api.backblazeb2.com/b2api/v4/b2_authorize_account");
    }

    [Fact, Trait("Fact", "C2"), Trait("Fact", "C3")]
    public async Task What_authorization_answers_is_what_calls_use()
    {
        await using var rig = await Rig.StartAsync(far =>
        {
            far.ApiUrl = "https://api777.backblazeb2.com";
            far.DownloadUrl = "https://f777.backblazeb2.com";
        });
        rig.Store("a.txt", [1, 2, 3]);

        await rig.Api.CreateBucketAsync("another-bucket", BucketType.AllPrivate, cancellationToken: Rig.Stop);
        using var sink = new MemoryStream();
        await rig.Bucket.DownloadToStreamAsync("a.txt", sink, cancellationToken: Rig.Stop);

        rig.Far.Last("b2_create_bucket").Url.Host.ShouldBe("api777.backblazeb2.com");
        rig.Far.Last("b2_create_bucket").Text("accountId").ShouldBe(FarSide.AccountId);
        rig.Far.Last("b2_create_bucket").Text("accountId").ShouldNotBe(Rig.KeyId);
        rig.Far.Last("b2_download_file_by_name").Url.Host.ShouldBe("f777.backblazeb2.com");
        var account = await rig.Api.GetAuthorizationAsync(Rig.Stop);
        (account.AbsoluteMinimumPartSize, account.RecommendedPartSize).ShouldBe((1_000, 10_000));
    }

    [Theory, Trait("Fact", "C10")]
    [InlineData("unauthorized")]
    [InlineData("bad_auth_token")]
    [InlineData("expired_auth_token")]
    [InlineData("unsupported")]
    public async Task A_401_to_the_authorization_itself_is_final(string code)
    {
        await using var rig = Rig.Fresh(far => far.Always("b2_authorize_account", Answer.Error(401, code)));

        var failure = await Should.ThrowAsync<B2Exception>(rig.AuthorizeAsync());

        failure.Code.Value.ShouldBe(code);
        rig.Far.Count("b2_authorize_account").ShouldBe(1);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    public async Task A_busy_service_is_asked_for_authorization_again(int status)
    {
        await using var rig = Rig.Fresh(far => far.Next("b2_authorize_account", 2, Answer.Error(status, "busy")));

        await rig.AuthorizeAsync();

        rig.Far.Count("b2_authorize_account").ShouldBe(3);
    }

    [Fact]
    public async Task A_realm_that_was_never_reached_is_given_up_after_three_attempts()
    {
        await using var rig = Rig.Fresh(far => far.Always("b2_authorize_account", Answer.UnknownHost));

        var failure = await Should.ThrowAsync<B2Exception>(rig.AuthorizeAsync("https://api.backblazeb2.example"));

        rig.Far.Count("b2_authorize_account").ShouldBe(3);
        failure.Attempts.ShouldBe(3);
        failure.Message.ShouldContain("api.backblazeb2.example");
    }

    [Fact]
    public async Task A_realm_that_never_lets_us_connect_is_given_up_after_three_attempts()
    {
        await using var rig = Rig.Fresh(far =>
            far.Always(
                "b2_authorize_account",
                (_, _, _) => throw new TaskCanceledException("No connection within the ConnectTimeout.", new TimeoutException())
            )
        );

        await Should.ThrowAsync<B2Exception>(rig.AuthorizeAsync("https://b2.example"));

        rig.Far.Count("b2_authorize_account").ShouldBe(3);
    }

    [Fact]
    public async Task A_realm_that_was_reached_is_not_given_up_for_one_lost_connection()
    {
        await using var rig = Rig.Fresh(far =>
            far.Next(
                "b2_authorize_account",
                Answer.Error(503, "service_unavailable"),
                Answer.Error(503, "service_unavailable"),
                Answer.HungUp,
                Answer.Unreachable
            )
        );

        await rig.AuthorizeAsync();

        rig.Far.Count("b2_authorize_account").ShouldBe(5);
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_account_is_authorized()
    {
        await using var rig = Rig.Fresh();

        await Should.ThrowAsync<MissingAccountDataException>(rig.Api.ListBucketsAsync(Rig.Stop));

        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C12")]
    public async Task The_user_agent_names_product_and_version()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { UserAgentAppend = "my-backup/2.1" });

        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Far.Last("b2_list_buckets").Headers["User-Agent"].ShouldMatch(@"^B2Sdk/\d+\.\d+\.\d+[^ ]* my-backup/2\.1$");
    }

    [Fact, Trait("Need", "S15"), Trait("Need", "41")]
    public async Task The_text_of_a_missing_right_names_what_this_key_lacks()
    {
        await using var rig = await Rig.StartAsync(far =>
            far.Allowed = new()
            {
                ["buckets"] = new System.Text.Json.Nodes.JsonArray(
                    new System.Text.Json.Nodes.JsonObject { ["id"] = "b1", ["name"] = "example-bucket" }
                ),
                ["capabilities"] = new System.Text.Json.Nodes.JsonArray("listFiles"),
                ["namePrefix"] = "photos/",
            }
        );
        rig.Far.Always("b2_hide_file", Answer.Error(401, "unauthorized"));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Bucket.HideFileAsync("photos/x", Rig.Stop));

        failure.Code.ShouldBe(B2ErrorCode.Unauthorized);
        failure.Message.ShouldContain("writeFiles");
        failure.Message.ShouldContain("'example-bucket'");
        failure.Message.ShouldContain("'photos/'");
        failure.Attempts.ShouldBe(1);
    }
}
