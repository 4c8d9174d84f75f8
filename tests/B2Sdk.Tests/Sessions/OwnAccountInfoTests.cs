using System.Collections.Concurrent;

namespace B2Sdk.Tests.Sessions;

/// <summary>An account info of somebody else's, who wrote the six members that must be there and no more.</summary>
public sealed class OwnAccountInfoTests
{
    [Fact]
    public async Task Six_members_are_enough_for_a_client()
    {
        await using var rig = await Rig.StartAsync();
        var gone = rig.Far.AddBucket("gone-bucket");
        var info = new Drawer();
        await using var api = new B2Api(info, new() { HttpHandler = rig.Far, TimeProvider = rig.Clock });
        await api.AuthorizeAccountAsync("production", Rig.KeyId, Rig.Key, Rig.Stop);
        await info.SaveBucketAsync(new() { Name = "of-long-ago", Id = "old" }, Rig.Stop);

        var all = await api.ListBucketsAsync(Rig.Stop);
        rig.Far.ClearJournal();
        var opened = await api.OpenBucketByNameAsync(Rig.BucketName.ToUpperInvariant(), Rig.Stop);
        var byId = await api.OpenBucketByIdAsync(gone, Rig.Stop);
        await opened.UploadBytesAsync(Rig.Bytes(10), "a", cancellationToken: Rig.Stop);
        await api.DeleteBucketAsync(byId, Rig.Stop);

        all.Count.ShouldBe(2);
        (opened.Id, byId.Name).ShouldBe((rig.Bucket.Id, "gone-bucket"));
        rig.Far.Journal.Select(sent => sent.Operation).ShouldBe(["b2_get_upload_url", "b2_upload_file", "b2_delete_bucket"]);
        info.Buckets.Values.Select(bucket => bucket.Name).ShouldBe([Rig.BucketName]);
        info.Authorization!.ApplicationKeyId.ShouldBe(Rig.KeyId);
    }

    private sealed class Drawer : AccountInfo
    {
        public AccountAuthorization? Authorization { get; private set; }

        public ConcurrentDictionary<string, BucketNameAndId> Buckets { get; } = [];

        public override ValueTask<AccountAuthorization?> LoadAsync(CancellationToken cancellationToken = default) => new(Authorization);

        public override ValueTask SaveAsync(AccountAuthorization authorization, CancellationToken cancellationToken = default)
        {
            Authorization = authorization;
            return default;
        }

        public override ValueTask ClearAsync(CancellationToken cancellationToken = default)
        {
            Authorization = null;
            Buckets.Clear();
            return default;
        }

        public override ValueTask<IReadOnlyList<BucketNameAndId>> ListBucketsAsync(CancellationToken cancellationToken = default) =>
            new([.. Buckets.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal)]);

        public override ValueTask SaveBucketAsync(BucketNameAndId bucket, CancellationToken cancellationToken = default)
        {
            Buckets[bucket.Id] = bucket;
            return default;
        }

        public override ValueTask RemoveBucketAsync(string bucketId, CancellationToken cancellationToken = default)
        {
            Buckets.TryRemove(bucketId, out _);
            return default;
        }
    }
}
