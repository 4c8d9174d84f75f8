using System.Text.Json.Nodes;

namespace B2Sdk.Tests.Sessions;

public sealed class BucketCacheTests
{
    [Theory]
    [InlineData(BucketCache.InAccountInfo)]
    [InlineData(BucketCache.InMemory)]
    public async Task A_bucket_that_was_seen_is_opened_without_a_call(BucketCache cache)
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { BucketCache = cache });

        var byName = await rig.Api.OpenBucketByNameAsync(Rig.BucketName.ToUpperInvariant(), Rig.Stop);
        var byId = await rig.Api.OpenBucketByIdAsync(rig.Bucket.Id, Rig.Stop);
        var all = await rig.Api.ListCachedBucketsAsync(Rig.Stop);

        byName.Id.ShouldBe(rig.Bucket.Id);
        byId.Name.ShouldBe(Rig.BucketName);
        all.ShouldHaveSingleItem().Id.ShouldBe(rig.Bucket.Id);
        rig.Far.Journal.ShouldBeEmpty();
        (await rig.Account.ListBucketsAsync(Rig.Stop)).Count.ShouldBe(cache == BucketCache.InAccountInfo ? 1 : 0);
    }

    [Fact]
    public async Task Without_a_cache_B2_is_asked_each_time()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { BucketCache = BucketCache.None });

        await rig.Api.OpenBucketByNameAsync(Rig.BucketName, Rig.Stop);
        await rig.Api.OpenBucketByIdAsync(rig.Bucket.Id, Rig.Stop);

        rig.Far.Count("b2_list_buckets").ShouldBe(2);
        (await rig.Api.ListCachedBucketsAsync(Rig.Stop)).ShouldBeEmpty();
        (await rig.Account.ListBucketsAsync(Rig.Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bucket_that_was_not_seen_is_asked_for_and_remembered()
    {
        await using var rig = await Rig.StartAsync();
        var id = rig.Far.AddBucket("another-bucket");

        (await rig.Api.OpenBucketByNameAsync("another-bucket", Rig.Stop)).Id.ShouldBe(id);
        (await rig.Api.OpenBucketByNameAsync("another-bucket", Rig.Stop)).Id.ShouldBe(id);

        rig.Far.Count("b2_list_buckets").ShouldBe(1);
        await Should.ThrowAsync<B2NotFoundException>(rig.Api.OpenBucketByNameAsync("no-such-bucket", Rig.Stop));
    }

    [Theory]
    [InlineData(BucketCache.InAccountInfo)]
    [InlineData(BucketCache.InMemory)]
    public async Task A_bucket_that_was_deleted_is_forgotten(BucketCache cache)
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { BucketCache = cache });

        await rig.Api.DeleteBucketAsync(rig.Bucket, Rig.Stop);

        (await rig.Api.ListCachedBucketsAsync(Rig.Stop)).ShouldBeEmpty();
        await Should.ThrowAsync<B2NotFoundException>(rig.Api.OpenBucketByNameAsync(Rig.BucketName, Rig.Stop));
    }

    [Theory]
    [InlineData(BucketCache.InAccountInfo)]
    [InlineData(BucketCache.InMemory)]
    public async Task Another_account_or_realm_empties_the_cache_and_the_same_one_does_not(BucketCache cache)
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { BucketCache = cache });

        await rig.AuthorizeAsync();
        var afterSame = await rig.Api.ListCachedBucketsAsync(Rig.Stop);
        await rig.AuthorizeAsync("https://api.backblazeb2.com");
        var afterOther = await rig.Api.ListCachedBucketsAsync(Rig.Stop);

        afterSame.Count.ShouldBe(1);
        afterOther.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(BucketCache.InAccountInfo)]
    [InlineData(BucketCache.InMemory)]
    public async Task The_buckets_of_a_restricted_key_are_known_from_the_start(BucketCache cache)
    {
        await using var rig = Rig.Fresh(
            far =>
                far.Allowed["buckets"] = new JsonArray(
                    new JsonObject { ["id"] = "b1", ["name"] = "one" },
                    new JsonObject { ["id"] = "b2", ["name"] = null }
                ),
            options => options with { BucketCache = cache }
        );

        await rig.AuthorizeAsync();

        (await rig.Api.ListCachedBucketsAsync(Rig.Stop)).ShouldHaveSingleItem().Name.ShouldBe("one");
        rig.Far.Count("b2_list_buckets").ShouldBe(0);
    }
}
