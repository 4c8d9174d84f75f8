using System.Net;
using System.Net.Sockets;

namespace B2Sdk.IntegrationTests;

public sealed class AuthorizationTests(EmulatorFixture emulator) : AccountTest(emulator, Scope.Account)
{
    [Fact]
    public async Task Authorization_tells_the_account_and_its_limits_and_is_kept()
    {
        var authorization = await Api.GetAuthorizationAsync(Stop);

        authorization.AccountId.ShouldBe(Account.AccountId);
        authorization.ApplicationKeyId.ShouldBe(Account.ApplicationKeyId);
        authorization.AbsoluteMinimumPartSize.ShouldBe(EmulatorFixture.MinimumPartSize);
        authorization.RecommendedPartSize.ShouldBe(EmulatorFixture.RecommendedPartSize);
        authorization.Allowed.Capabilities.ShouldContain(Capability.WriteFiles);
        authorization.Allowed.Buckets.ShouldBeNull();
        (await Api.AccountInfo.LoadAsync(Stop)).ShouldBe(authorization);
    }

    [Fact]
    public async Task An_account_info_that_is_authorized_already_needs_no_other_authorization()
    {
        await using var other = new B2Api(Api.AccountInfo);

        (await other.GetBucketByNameAsync(Bucket.Name, Stop)).Id.ShouldBe(Bucket.Id);
    }

    [Fact]
    public async Task Nothing_works_before_an_authorization()
    {
        await using var other = new B2Api(new InMemoryAccountInfo());

        await Should.ThrowAsync<MissingAccountDataException>(() => other.ListBucketsAsync(Stop));
    }

    [Theory]
    [InlineData(null, "K000wrong")]
    [InlineData("b2nobody", null)]
    public async Task A_wrong_key_is_refused_at_once_and_not_printed(string? keyId, string? key)
    {
        var wire = new FaultyWire();
        var info = new InMemoryAccountInfo();
        await using var other = new B2Api(info, new() { HttpHandler = wire });

        var failure = await Should.ThrowAsync<B2Exception>(() =>
            other.AuthorizeAccountAsync(Realm, keyId ?? Account.ApplicationKeyId, key ?? Account.ApplicationKey, Stop)
        );

        failure.Status.ShouldBe(HttpStatusCode.Unauthorized);
        failure.ToString().ShouldNotContain(key ?? Account.ApplicationKey);
        wire.Asked.Count.ShouldBe(1);
        (await info.LoadAsync(Stop)).ShouldBeNull();
    }

    [Theory]
    [InlineData("prodction")]
    [InlineData("ftp://example.com")]
    [InlineData("http://example.com")]
    [InlineData("https://user:word@example.com")]
    public async Task An_unknown_or_unsafe_realm_is_refused_before_the_key_is_sent(string realm)
    {
        await using var other = new B2Api(new InMemoryAccountInfo(), new() { HttpHandler = new FaultyWire() });

        var failure = await Should.ThrowAsync<ArgumentException>(() => other.AuthorizeAccountAsync(realm, "id", "key", Stop));

        failure.Message.ShouldContain(realm);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_given_up_soon_and_named()
    {
        var port = FindClosedPort();
        await using var other = new B2Api(new InMemoryAccountInfo(), new() { Retry = new() { BaseDelay = TimeSpan.Zero } });

        var failure = await Should.ThrowAsync<B2Exception>(() =>
            other.AuthorizeAccountAsync($"http://127.0.0.1:{port}", "id", "key", Stop)
        );

        failure.Code.ShouldBe(B2ErrorCode.ConnectionFailed);
        failure.Message.ShouldContain($"127.0.0.1:{port}");
        failure.Attempts.ShouldBe(3);
    }

    private static int FindClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
