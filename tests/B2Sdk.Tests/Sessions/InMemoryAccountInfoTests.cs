namespace B2Sdk.Tests.Sessions;

public sealed class InMemoryAccountInfoTests
{
    [Fact]
    public async Task It_keeps_what_it_was_given_until_it_is_cleared()
    {
        await using var rig = await Rig.StartAsync();
        var info = rig.Account;
        var authorization = await info.LoadAsync(Rig.Stop);

        authorization!.ApplicationKey.Reveal().ShouldBe(Rig.Key);
        (await info.FindBucketIdAsync(Rig.BucketName, Rig.Stop)).ShouldBe(rig.Bucket.Id);
        await info.ClearAsync(Rig.Stop);
        (await info.LoadAsync(Rig.Stop)).ShouldBeNull();
        (await info.ListBucketsAsync(Rig.Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_map_stays_for_the_same_account_and_goes_with_another()
    {
        await using var rig = await Rig.StartAsync();
        var authorization = (await rig.Account.LoadAsync(Rig.Stop))!;

        await rig.Account.SaveAsync(authorization with { AuthorizationToken = "new" }, Rig.Stop);
        (await rig.Account.ListBucketsAsync(Rig.Stop)).Count.ShouldBe(1);
        await rig.Account.SaveAsync(authorization with { Realm = "staging" }, Rig.Stop);
        (await rig.Account.ListBucketsAsync(Rig.Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_are_found_in_any_case_and_belong_to_one_bucket()
    {
        var info = new InMemoryAccountInfo();
        await info.SaveBucketAsync(new() { Name = "My-Bucket", Id = "1" }, Rig.Stop);
        await info.SaveBucketAsync(new() { Name = "my-bucket", Id = "2" }, Rig.Stop);
        await info.SaveBucketAsync(new() { Name = "other-bucket", Id = "3" }, Rig.Stop);

        (await info.FindBucketIdAsync("MY-BUCKET", Rig.Stop)).ShouldBe("2");
        (await info.FindBucketNameAsync("1", Rig.Stop)).ShouldBeNull();
        (await info.FindBucketNameAsync("2", Rig.Stop)).ShouldBe("my-bucket");
        await info.RemoveBucketAsync("3", Rig.Stop);
        await info.RemoveBucketAsync("no such id", Rig.Stop);
        (await info.ListBucketsAsync(Rig.Stop)).ShouldBe([new BucketNameAndId { Name = "my-bucket", Id = "2" }]);
        await info.ReplaceBucketsAsync([new() { Name = "b", Id = "5" }, new() { Name = "a", Id = "4" }], Rig.Stop);
        (await info.ListBucketsAsync(Rig.Stop)).Select(bucket => bucket.Name).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("8d1c0f42b7aa", "8d1c0f42b7aa", true)]
    [InlineData("8d1c0f42b7aa", "0028d1c0f42b7aa0000000000", true)]
    [InlineData("8d1c0f42b7aa", "0028d1c0f42b7aa0000000001", false)]
    [InlineData("8d1c0f42b7aa", "8d1c0f42b7aa0000000000", false)]
    public async Task A_master_key_is_known_by_its_id(string accountId, string keyId, bool isMaster)
    {
        await using var rig = await Rig.StartAsync();
        var authorization = await rig.Api.GetAuthorizationAsync(Rig.Stop);

        (authorization with { AccountId = accountId, ApplicationKeyId = keyId }).IsMasterKey.ShouldBe(isMaster);
    }

    [Fact]
    public async Task Authorizations_are_of_the_same_account_or_key_only_at_the_same_realm()
    {
        await using var rig = await Rig.StartAsync();
        var one = await rig.Api.GetAuthorizationAsync(Rig.Stop);
        var otherKey = one with { ApplicationKeyId = "0008d1c0f42b7aa0000000009" };
        var otherAccount = one with { AccountId = "1d1c0f42b7aa" };
        var otherRealm = one with { Realm = "staging" };

        new[] { one, otherKey, otherAccount, otherRealm }
            .Select(other => (one.IsSameAccountAs(other), one.IsSameKeyAs(other)))
            .ShouldBe([(true, true), (true, false), (false, true), (false, false)]);
    }
}
