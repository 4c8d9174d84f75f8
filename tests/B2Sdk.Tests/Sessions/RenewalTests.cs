using System.Net;

namespace B2Sdk.Tests.Sessions;

/// <summary>Tokens that die while they are needed.</summary>
public sealed class RenewalTests
{
    [Fact, Trait("Fact", "C7")]
    public async Task An_expired_token_is_renewed_once_and_the_call_made_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.ExpireTokens();

        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Far.Count("b2_authorize_account").ShouldBe(1);
        rig.Far.Count("b2_list_buckets").ShouldBe(2);
        rig.Far.Of("b2_list_buckets")[1].Token.ShouldNotBe(rig.Far.Of("b2_list_buckets")[0].Token);
    }

    [Theory, Trait("Fact", "C7")]
    [InlineData("bad_auth_token")]
    [InlineData("expired_auth_token")]
    public async Task A_token_that_is_refused_after_renewal_too_is_given_up_after_two_requests(string code)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_list_buckets", Answer.Error(401, code));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        failure.Code.Value.ShouldBe(code);
        failure.Status.ShouldBe(HttpStatusCode.Unauthorized);
        failure.Attempts.ShouldBe(2);
        rig.Far.Count("b2_list_buckets").ShouldBe(2);
        rig.Far.Count("b2_authorize_account").ShouldBe(1);
    }

    [Theory, Trait("Fact", "C7")]
    [InlineData("{\"status\":401,\"message\":\"\"}")]
    [InlineData("")]
    public async Task A_401_without_a_code_counts_as_a_dead_token(string body)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_list_buckets", Answer.Body(401, body));

        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Far.Count("b2_authorize_account").ShouldBe(1);
        rig.Far.Count("b2_list_buckets").ShouldBe(2);
    }

    [Fact, Trait("Fact", "C8"), Trait("Need", "42")]
    public async Task A_hundred_callers_with_an_expired_token_authorize_once()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.ExpireTokens();
        var together = new Gathering(100);
        Reply refuseTogether = async (far, exchange, stop) =>
        {
            await together.ArriveAsync(stop);
            return await far.AnswerWellAsync(exchange, stop);
        };
        rig.Far.Next("b2_list_buckets", 100, refuseTogether);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => rig.Api.ListBucketsAsync(Rig.Stop)));

        rig.Far.Count("b2_authorize_account").ShouldBe(1);
        rig.Far.Count("b2_list_buckets").ShouldBe(200);
    }

    [Fact, Trait("Fact", "C8"), Trait("Fact", "C10")]
    public async Task A_hundred_callers_of_a_revoked_key_do_not_each_ask_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.ExpireTokens();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Far.Always(
            "b2_authorize_account",
            async (far, exchange, stop) =>
            {
                // Nobody is refused before all of them wait.
                await first.Task.WaitAsync(stop);
                return await Answer.Error(401, "unauthorized")(far, exchange, stop);
            }
        );

        var calls = Enumerable.Range(0, 100).Select(_ => Record.ExceptionAsync(() => rig.Api.ListBucketsAsync(Rig.Stop)).AsTask()).ToList();
        first.SetResult();
        var failures = await Task.WhenAll(calls);

        failures.ShouldAllBe(failure => failure is B2Exception);
        rig.Far.Count("b2_authorize_account").ShouldBeLessThanOrEqualTo(2);
    }

    [Fact, Trait("Fact", "C9")]
    public async Task A_missing_right_is_not_cured_by_a_new_token()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_list_buckets", Answer.Error(401, "unauthorized"));

        await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        rig.Far.Count("b2_authorize_account").ShouldBe(0);
        rig.Far.Count("b2_list_buckets").ShouldBe(1);
    }

    [Fact]
    public async Task A_renewal_that_stalls_is_told_as_a_timeout()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 2 } });
        rig.Far.ExpireTokens();
        rig.Far.Always("b2_authorize_account", Answer.Stalled);

        (await Should.ThrowAsync<B2TimeoutException>(rig.Api.ListBucketsAsync(Rig.Stop))).Operation.ShouldBe("b2_authorize_account");
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_end_the_renewal_for_the_others()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.ExpireTokens();
        using var stop = new CancellationTokenSource();
        var renew = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Far.Next(
            "b2_authorize_account",
            async (far, exchange, token) =>
            {
                await renew.Task.WaitAsync(token);
                return await far.AnswerWellAsync(exchange, token);
            }
        );

        var leaves = rig.Api.ListBucketsAsync(stop.Token);
        var stays = rig.Api.ListBucketsAsync(Rig.Stop);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(leaves);
        renew.SetResult();

        (await stays).Count.ShouldBe(1);
        rig.Far.Count("b2_authorize_account").ShouldBe(1);
    }

    [Fact]
    public async Task Two_apis_over_one_account_info_share_a_renewed_token()
    {
        await using var rig = await Rig.StartAsync();
        await using var other = new B2Api(rig.Account, new() { HttpHandler = rig.Far, TimeProvider = rig.Clock });
        await other.ListBucketsAsync(Rig.Stop);
        rig.Far.ExpireTokens();

        await rig.Api.ListBucketsAsync(Rig.Stop);
        await other.ListBucketsAsync(Rig.Stop);

        rig.Far.Count("b2_authorize_account").ShouldBe(1);
    }

    [Fact]
    public async Task The_failure_of_a_renewal_says_how_often_it_was_tried()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.ExpireTokens();
        rig.Far.Always("b2_authorize_account", Answer.Error(401, "unauthorized"));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        failure.Operation.ShouldBe("b2_authorize_account");
        failure.Attempts.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_busy_service_at_renewal_is_asked_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.ExpireTokens();
        rig.Far.Next("b2_authorize_account", Answer.Error(503, "service_unavailable"));

        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Far.Count("b2_authorize_account").ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_another_process_stored_is_used_before_a_new_one_is_asked_for()
    {
        await using var rig = await Rig.StartAsync();
        var mine = await rig.Api.GetAuthorizationAsync(Rig.Stop);
        rig.Far.ExpireTokens();
        await rig.Account.SaveAsync(mine with { AuthorizationToken = "4_of_the_other_process" }, Rig.Stop);

        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Far.Count("b2_authorize_account").ShouldBe(0);
        rig.Far.Last("b2_list_buckets").Token.ShouldBe("4_of_the_other_process");
    }
}
