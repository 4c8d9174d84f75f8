namespace B2Sdk.Tests.Sessions;

/// <summary>Accounts that authorize themselves.</summary>
public sealed class CredentialsTests
{
    private static readonly B2Credentials First = new("production", Rig.KeyId, Rig.Key);
    private static readonly B2Credentials Second = new("production", "0008d1c0f42b7aa0000000002", "another-key");

    [Fact]
    public async Task The_account_is_authorized_when_it_is_first_used()
    {
        await using var rig = Rig.Fresh(configure: With(() => First));
        rig.Far.Journal.ShouldBeEmpty();

        await rig.Api.ListBucketsAsync(Rig.Stop);
        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Far.Journal.Select(sent => sent.Operation).ShouldBe(["b2_authorize_account", "b2_list_buckets", "b2_list_buckets"]);
        (await rig.Account.LoadAsync(Rig.Stop)).ShouldNotBeNull().ApplicationKeyId.ShouldBe(Rig.KeyId);
    }

    [Fact, Trait("Need", "42")]
    public async Task A_hundred_first_callers_authorize_once()
    {
        await using var rig = Rig.Fresh(configure: With(() => First));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => rig.Api.ListBucketsAsync(Rig.Stop), Rig.Stop)));

        rig.Far.Count("b2_authorize_account").ShouldBe(1);
        rig.Far.Count("b2_list_buckets").ShouldBe(100);
    }

    [Fact]
    public async Task A_failure_comes_to_all_who_wait_and_the_next_caller_tries_again()
    {
        await using var rig = Rig.Fresh(configure: With(() => First));
        rig.Far.Next("b2_authorize_account", Answer.Error(401, "unauthorized"));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));
        await rig.Api.ListBucketsAsync(Rig.Stop);

        failure.Operation.ShouldBe("b2_authorize_account");
        rig.Far.Count("b2_authorize_account").ShouldBe(2);
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_end_the_authorization_for_the_others()
    {
        await using var rig = Rig.Fresh(configure: With(() => First));
        using var impatient = new CancellationTokenSource();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Far.Next(
            "b2_authorize_account",
            async (far, exchange, stop) =>
            {
                asked.SetResult();
                await release.Task;
                return await far.AnswerWellAsync(exchange, stop);
            }
        );

        var leaving = rig.Api.ListBucketsAsync(impatient.Token);
        await asked.Task;
        var staying = rig.Api.ListBucketsAsync(Rig.Stop);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(leaving);
        release.SetResult();
        await staying;

        rig.Far.Count("b2_authorize_account").ShouldBe(1);
    }

    [Fact]
    public async Task What_the_account_info_holds_of_the_same_key_is_used()
    {
        await using var rig = Rig.Fresh(configure: With(() => First));
        await rig.AuthorizeAsync();
        await using var later = new B2Api(rig.Account, new() { HttpHandler = rig.Far, Credentials = _ => new(First) });

        await later.ListBucketsAsync(Rig.Stop);

        rig.Far.Count("b2_authorize_account").ShouldBe(1);
    }

    [Fact]
    public async Task What_the_account_info_holds_of_another_key_is_not_used()
    {
        await using var rig = Rig.Fresh();
        await rig.AuthorizeAsync();
        await using var other = new B2Api(rig.Account, new() { HttpHandler = rig.Far, Credentials = _ => new(Second) });

        await other.ListBucketsAsync(Rig.Stop);

        rig.Far.Count("b2_authorize_account").ShouldBe(2);
        (await other.GetAuthorizationAsync(Rig.Stop)).ApplicationKeyId.ShouldBe(Second.ApplicationKeyId);
    }

    [Fact]
    public async Task A_key_that_was_replaced_is_used_when_the_token_is_refused()
    {
        var credentials = First;
        await using var rig = Rig.Fresh(configure: With(() => credentials));
        await rig.Api.ListBucketsAsync(Rig.Stop);

        credentials = Second;
        rig.Far.ExpireTokens();
        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Far.Count("b2_authorize_account").ShouldBe(2);
        (await rig.Api.GetAuthorizationAsync(Rig.Stop)).ApplicationKeyId.ShouldBe(Second.ApplicationKeyId);
    }

    [Fact]
    public async Task Without_credentials_and_without_an_account_nothing_is_sent()
    {
        await using var rig = Rig.Fresh();

        await Should.ThrowAsync<MissingAccountDataException>(rig.Api.ListBucketsAsync(Rig.Stop));

        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_renewal_does_not_overwrite_the_login_of_another_account()
    {
        await using var rig = await Rig.StartAsync();
        var other = (await rig.Api.GetAuthorizationAsync(Rig.Stop)) with
        {
            AccountId = "another-account",
            ApplicationKeyId = "another-key",
            AuthorizationToken = "another-token",
        };

        await rig.Account.SaveAsync(other, Rig.Stop);
        rig.Far.ExpireTokens();
        await rig.Api.ListBucketsAsync(Rig.Stop);

        (await rig.Account.LoadAsync(Rig.Stop)).ShouldBe(other);
        (await rig.Api.GetAuthorizationAsync(Rig.Stop)).AccountId.ShouldBe(FarSide.AccountId);
    }

    private static Func<B2ApiOptions, B2ApiOptions> With(Func<B2Credentials> ask) =>
        options => options with { Credentials = _ => new(ask()) };
}
