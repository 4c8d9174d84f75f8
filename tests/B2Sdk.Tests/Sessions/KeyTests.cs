namespace B2Sdk.Tests.Sessions;

public sealed class KeyTests
{
    [Theory]
    [InlineData("", "has 0 characters")]
    [InlineData("under_score", "'_'")]
    [InlineData("blank blank", "' '")]
    public async Task A_name_that_cannot_be_a_keys_is_refused_before_anything_is_sent(string name, string reason)
    {
        await using var rig = await Rig.StartAsync();

        var failure = await Should.ThrowAsync<ArgumentException>(
            rig.Api.CreateKeyAsync(name, CapabilityPresets.ReadOnly, cancellationToken: Rig.Stop)
        );

        failure.Message.ShouldContain(reason);
        await Should.ThrowAsync<ArgumentException>(
            rig.Api.CreateKeyAsync(new string('k', 101), CapabilityPresets.ReadOnly, cancellationToken: Rig.Stop)
        );
        await Should.ThrowAsync<ArgumentException>(rig.Api.CreateKeyAsync("good", [], cancellationToken: Rig.Stop));
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_500)]
    [InlineData(86_400_001_000)]
    public async Task A_life_time_that_B2_does_not_allow_is_refused_before_anything_is_sent(long milliseconds)
    {
        await using var rig = await Rig.StartAsync();
        var options = new CreateKeyOptions { ValidFor = TimeSpan.FromMilliseconds(milliseconds) };

        var failure = await Should.ThrowAsync<ArgumentOutOfRangeException>(
            rig.Api.CreateKeyAsync("good", CapabilityPresets.ReadOnly, options, Rig.Stop)
        );

        failure.Message.ShouldContain("1000 days");
        await Should.ThrowAsync<ArgumentException>(
            rig.Api.CreateKeyAsync("good", CapabilityPresets.ReadOnly, new() { BucketIds = [] }, Rig.Stop)
        );
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C26")]
    public async Task A_key_whose_answer_was_lost_is_not_made_twice()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_create_key", Answer.HungUp);

        await Should.ThrowAsync<B2Exception>(rig.Api.CreateKeyAsync("good", CapabilityPresets.ReadOnly, cancellationToken: Rig.Stop));

        rig.Far.Count("b2_create_key").ShouldBe(1);
    }

    [Fact, Trait("Fact", "C26")]
    public async Task A_key_that_surely_was_not_made_is_asked_for_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_create_key", Answer.Unreachable, Answer.Error(503, "service_unavailable"), Answer.Error(429, "too_many_requests"));
        rig.Far.Always("b2_create_key", Golden.GoldenFiles.Answer("b2_create_key/response.json"));

        var key = await rig.Api.CreateKeyAsync("nightly-backup", CapabilityPresets.ReadOnly, cancellationToken: Rig.Stop);

        rig.Far.Count("b2_create_key").ShouldBe(4);
        key.ToString().ShouldNotContain(key.Key.Reveal());
    }

    [Fact]
    public async Task A_key_that_is_gone_after_a_lost_answer_was_deleted()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_delete_key", Answer.HungUp);
        rig.Far.Always("b2_delete_key", Answer.Error(400, "bad_request", "Application key does not exist"));

        await rig.Api.DeleteKeyAsync("0008d1c0f42b7aa0000000007", Rig.Stop);

        // Without the lost answer it is a key that was never there.
        await Should.ThrowAsync<B2Exception>(rig.Api.DeleteKeyAsync("0008d1c0f42b7aa0000000007", Rig.Stop));
    }

    [Fact]
    public async Task Keys_are_fetched_page_by_page_as_they_are_needed()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_list_keys", Golden.GoldenFiles.Answer("b2_list_keys/response.page.json"));

        var listing = rig.Api.ListKeysAsync(cancellationToken: Rig.Stop);
        rig.Far.Journal.ShouldBeEmpty();
        var two = await listing.Take(2).ToListAsync(Rig.Stop);

        two.Count.ShouldBe(2);
        rig.Far.Count("b2_list_keys").ShouldBe(2);
        rig.Far.Last("b2_list_keys").Text("startApplicationKeyId").ShouldBe("0008d1c0f42b7aa0000000008");
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_null_though_the_listing_goes_on_with_the_next()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_list_keys", Golden.GoldenFiles.Answer("b2_list_keys/response.page.json"));

        (await rig.Api.FindKeyAsync("0008d1c0f42b7aa0000000005", Rig.Stop)).ShouldBeNull();
    }
}
