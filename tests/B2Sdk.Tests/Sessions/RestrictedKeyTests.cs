using System.Text.Json.Nodes;

namespace B2Sdk.Tests.Sessions;

/// <summary>A key that is restricted is told what it cannot reach before anything is sent, and in words about itself only.</summary>
public sealed class RestrictedKeyTests
{
    private const string OtherBucket = "somebody-elses-bucket";

    [Fact, Trait("Need", "41"), Trait("Need", "S15"), Trait("Fact", "C82")]
    public async Task A_bucket_that_the_key_cannot_reach_is_not_asked_for()
    {
        await using var rig = await StartAsync(prefix: null);
        var otherId = rig.Far.AddBucket(OtherBucket);

        var byName = await Should.ThrowAsync<B2UnauthorizedException>(rig.Api.GetBucketByNameAsync(OtherBucket, Rig.Stop));
        var byId = await Should.ThrowAsync<B2UnauthorizedException>(rig.Api.GetBucketByIdAsync(otherId, Rig.Stop));

        rig.Far.Journal.ShouldBeEmpty();
        (byName.Attempts, byName.Status, byName.Code).ShouldBe((0, null, B2ErrorCode.Unauthorized));
        byName.Message.ShouldContain($"'{OtherBucket}'");
        byName.Message.ShouldContain($"'{Rig.BucketName}'");
        byName.Allowed!.Buckets!.Single().Name.ShouldBe(Rig.BucketName);
        // The id was given by the caller; what it is called was not, and so is not told.
        byId.Message.ShouldContain(otherId);
        byId.Message.ShouldNotContain(OtherBucket);
    }

    [Fact, Trait("Need", "41")]
    public async Task Names_outside_the_prefix_are_refused_for_every_verb_that_has_a_name()
    {
        await using var rig = await StartAsync(prefix: "photos/");
        var verbs = new Dictionary<string, Func<Task>>
        {
            ["upload"] = () => rig.Bucket.UploadBytesAsync(new byte[1], "docs/a", cancellationToken: Rig.Stop),
            ["hide"] = () => rig.Bucket.HideFileAsync("docs/a", Rig.Stop),
            ["unhide"] = () => rig.Bucket.UnhideFileAsync("docs/a", cancellationToken: Rig.Stop),
            ["delete"] = () => rig.Bucket.DeleteFileVersionAsync("docs/a", "4_z1", cancellationToken: Rig.Stop),
            ["retention"] = () => rig.Bucket.UpdateFileRetentionAsync("docs/a", "4_z1", FileRetention.None, cancellationToken: Rig.Stop),
            ["hold"] = () => rig.Bucket.UpdateFileLegalHoldAsync("docs/a", "4_z1", LegalHold.On, Rig.Stop),
            ["list"] = () => rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop).AsTask(),
            ["list a shorter prefix"] = () => rig.Bucket.ListAsync(new() { Prefix = "pho" }, Rig.Stop).ToListAsync(Rig.Stop).AsTask(),
            ["unfinished"] = () => rig.Bucket.ListUnfinishedLargeFilesAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop).AsTask(),
            ["share"] = () => rig.Bucket.GetDownloadAuthorizationAsync("", TimeSpan.FromHours(1), cancellationToken: Rig.Stop),
            ["sign"] = () => rig.Bucket.CreateSignedUrlAsync("docs/a", TimeSpan.FromHours(1), cancellationToken: Rig.Stop),
            ["url"] = () => rig.Bucket.GetDownloadUrlAsync("docs/a", Rig.Stop),
        };

        foreach (var (verb, call) in verbs)
        {
            var failure = await Should.ThrowAsync<B2UnauthorizedException>(call, verb);
            failure.Message.ShouldContain("'photos/'");
            failure.Attempts.ShouldBe(0, verb);
        }
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_inside_the_prefix_go_through()
    {
        await using var rig = await StartAsync(prefix: "photos/");

        await rig.Bucket.UploadBytesAsync(new byte[1], "photos/a", cancellationToken: Rig.Stop);
        (await rig.Bucket.ListAsync(new() { Prefix = "photos/" }, Rig.Stop).ToListAsync(Rig.Stop)).Count.ShouldBe(1);
        await rig.Bucket.HideFileAsync("photos/a", Rig.Stop);
    }

    [Fact, Trait("Need", "41")]
    public async Task A_missing_capability_is_named_and_can_be_asked_for()
    {
        await using var rig = await StartAsync(prefix: null);
        rig.Far.Always("b2_update_bucket", Answer.Error(401, "unauthorized"));
        var update = new BucketUpdate
        {
            DefaultServerSideEncryption = EncryptionSetting.SseB2,
            DefaultRetention = BucketRetention.None,
            ReplicationConfiguration = new(),
        };

        var failure = await Should.ThrowAsync<B2UnauthorizedException>(rig.Bucket.UpdateAsync(update, Rig.Stop));

        failure.MissingCapabilities.ShouldBe([
            Capability.WriteBuckets,
            Capability.WriteBucketEncryption,
            Capability.WriteBucketRetentions,
            Capability.WriteBucketReplications,
        ]);
        failure.Message.ShouldContain("writeBucketReplications");
        failure.Allowed!.Capabilities.ShouldNotContain(Capability.WriteBuckets);
        failure.Attempts.ShouldBe(1);
    }

    [Fact, Trait("Fact", "C5")]
    public async Task A_bucket_of_the_key_that_was_deleted_is_told_by_its_id()
    {
        await using var rig = await StartAsync(prefix: null, name: null);

        var failure = await Should.ThrowAsync<B2UnauthorizedException>(rig.Api.GetBucketByNameAsync("example-gone", Rig.Stop));

        failure.Message.ShouldContain("the bucket with the id b8adc1404fd24b779a000001, which was deleted");
        rig.Api.AccountInfo.ShouldNotBeNull();
        (await rig.Api.ListBucketsAsync(Rig.Stop)).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_key_may_reach_can_be_asked_of_it()
    {
        var allowed = new AllowedAccess
        {
            Buckets = [new() { Id = "id-1", Name = "First-Bucket" }, new() { Id = "id-2" }],
            Capabilities = [Capability.ReadFiles],
            NamePrefix = "photos/",
        };

        (allowed.AllowsBucketId("id-2"), allowed.AllowsBucketId("id-3")).ShouldBe((true, false));
        (allowed.AllowsBucketName("first-bucket"), allowed.AllowsBucketName("other")).ShouldBe((true, false));
        (allowed.AllowsFileName("photos/a"), allowed.AllowsFileName("photos"), allowed.AllowsFileName("")).ShouldBe((true, false, false));
        (allowed.Allows(Capability.ReadFiles), allowed.Allows(Capability.WriteFiles)).ShouldBe((true, false));
        new AllowedAccess { Capabilities = [] }
            .AllowsBucketId("any")
            .ShouldBeTrue();
    }

    private static async Task<Rig> StartAsync(string? prefix, string? name = Rig.BucketName)
    {
        var rig = Rig.Fresh(far =>
        {
            var id = far.AddBucket(Rig.BucketName);
            far.Allowed = new()
            {
                ["buckets"] = new JsonArray(new JsonObject { ["id"] = id, ["name"] = name }),
                ["capabilities"] = new JsonArray("listBuckets", "listFiles", "writeFiles", "readFiles"),
                ["namePrefix"] = prefix,
            };
        });
        await rig.AuthorizeAsync();
        if (name is not null)
        {
            await rig.FindBucketAsync();
        }
        rig.Far.ClearJournal();
        return rig;
    }
}
