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
        await info.SaveBucketAsync(new("My-Bucket", "1"), Rig.Stop);
        await info.SaveBucketAsync(new("my-bucket", "2"), Rig.Stop);
        await info.SaveBucketAsync(new("other-bucket", "3"), Rig.Stop);

        (await info.FindBucketIdAsync("MY-BUCKET", Rig.Stop)).ShouldBe("2");
        (await info.FindBucketNameAsync("1", Rig.Stop)).ShouldBeNull();
        (await info.FindBucketNameAsync("2", Rig.Stop)).ShouldBe("my-bucket");
        await info.RemoveBucketAsync("3", Rig.Stop);
        await info.RemoveBucketAsync("no such id", Rig.Stop);
        (await info.ListBucketsAsync(Rig.Stop)).ShouldBe([new("my-bucket", "2")]);
        await info.ReplaceBucketsAsync([new("b", "5"), new("a", "4")], Rig.Stop);
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
}
