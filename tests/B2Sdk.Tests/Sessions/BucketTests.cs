using System.Text.Json.Nodes;

namespace B2Sdk.Tests.Sessions;

public sealed class BucketTests
{
    [Fact, Trait("Fact", "C81")]
    public async Task A_bucket_is_asked_for_by_its_name_and_not_picked_from_all()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.AddBucket("another-bucket");

        var bucket = await rig.Api.GetBucketByNameAsync("another-bucket", Rig.Stop);

        bucket.Name.ShouldBe("another-bucket");
        var sent = rig.Far.Journal.Single();
        (sent.Text("bucketName"), sent.Text("accountId")).ShouldBe(("another-bucket", FarSide.AccountId));
    }

    [Fact, Trait("Fact", "C81"), Trait("Need", "S15")]
    public async Task A_bucket_that_is_not_there_is_named_in_the_exception_and_no_other()
    {
        await using var rig = await Rig.StartAsync();

        var byName = await Should.ThrowAsync<B2NotFoundException>(rig.Api.GetBucketByNameAsync("no-such-bucket", Rig.Stop));
        var byId = await Should.ThrowAsync<B2NotFoundException>(rig.Api.GetBucketByIdAsync("b000", Rig.Stop));

        (byName.Subject, byName.Code).ShouldBe(("no-such-bucket", B2ErrorCode.BadBucketId));
        byId.Subject.ShouldBe("b000");
        byName.Message.ShouldNotContain(Rig.BucketName);
        byId.Message.ShouldNotContain(Rig.BucketName);
    }

    [Theory, Trait("Fact", "C82"), Trait("Fact", "C5")]
    [InlineData("my-bucket")]
    [InlineData("MY-BUCKET")]
    public async Task A_key_that_may_not_list_finds_its_buckets_in_its_authorization(string name)
    {
        await using var rig = await RestrictedAsync("readFiles", "writeFiles");

        var byName = await rig.Api.GetBucketByNameAsync(name, Rig.Stop);
        var byId = await rig.Api.GetBucketByIdAsync("id2", Rig.Stop);
        var all = await rig.Api.ListBucketsAsync(Rig.Stop);

        (byName.Id, byName.Name).ShouldBe(("id1", "my-bucket"));
        byId.Name.ShouldBe("my-other-bucket");
        all.Select(bucket => bucket.Id).ShouldBe(["id1", "id2"]);
        rig.Far.Journal.ShouldBeEmpty();
        await byName.UploadBytesAsync(Rig.Bytes(10), "a", cancellationToken: Rig.Stop);
        rig.Far.Last("b2_get_upload_url").Text("bucketId").ShouldBe("id1");
    }

    [Fact, Trait("Fact", "C82")]
    public async Task A_restricted_key_names_one_bucket_in_each_question()
    {
        await using var rig = await RestrictedAsync("listBuckets");

        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Far.Of("b2_list_buckets").Select(sent => sent.Text("bucketId")).ShouldBe(["id1", "id2"]);
    }

    [Fact]
    public async Task An_unrestricted_key_lists_every_kind_of_bucket_at_once()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.AddBucket("another-bucket");

        var buckets = await rig.Api.ListBucketsAsync(Rig.Stop);

        buckets.Select(bucket => bucket.Name).ShouldBe(["another-bucket", Rig.BucketName]);
        rig.Far.Journal.Single().Json.GetProperty("bucketTypes")[0].GetString().ShouldBe("all");
        (await rig.Account.ListBucketsAsync(Rig.Stop)).Select(bucket => bucket.Name).ShouldBe(["another-bucket", Rig.BucketName]);
    }

    [Fact, Trait("Fact", "C79"), Trait("Fact", "C78"), Trait("Fact", "C80")]
    public async Task What_the_key_may_not_read_is_said_to_be_so()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", [1]);
        rig.Far.Always(
            "b2_get_file_info",
            Answer.ChangedJson(json =>
            {
                json["fileRetention"] = JsonNode.Parse("""{"isClientAuthorizedToRead":false,"value":null}""");
                json["legalHold"] = JsonNode.Parse("""{"isClientAuthorizedToRead":true,"value":null}""");
                json["replicationStatus"] = "pending";
                json["serverSideEncryption"] = JsonNode.Parse("""{"algorithm":null,"mode":null}""");
            })
        );

        var file = await rig.Api.GetFileInfoByIdAsync(rig.Far.Versions.Single().FileId, Rig.Stop);

        (file.FileRetention!.IsClientAuthorizedToRead, file.FileRetention.Value).ShouldBe((false, null));
        (file.LegalHold!.IsClientAuthorizedToRead, file.LegalHold.Value).ShouldBe((true, null));
        file.ReplicationStatus.ShouldBe(ReplicationStatus.Pending);
        file.ServerSideEncryption?.Mode.ShouldBeNull();
    }

    [Fact, Trait("Fact", "C65"), Trait("Fact", "C73"), Trait("Fact", "C79")]
    public async Task The_headers_of_a_file_are_read_like_its_json()
    {
        await using var rig = await Rig.StartAsync();
        var stored = rig.Store("été/a b", [1, 2, 3]);
        rig.Far.Replace(
            stored,
            stored with
            {
                Info = new() { ["author"] = "Zoë & co" },
                At = DateTimeOffset.FromUnixTimeMilliseconds(32_503_680_000_123),
            }
        );
        rig.Far.Always(
            "b2_download_file_by_name",
            Answer.Changed(response =>
            {
                response.Headers.Remove("X-Bz-File-Name");
                response.Headers.TryAddWithoutValidation("X-Bz-File-Name", "%C3%A9t%C3%A9/a+b");
                response.Headers.TryAddWithoutValidation("X-Bz-Info-Plus", "1+1%2B1");
                response.Headers.TryAddWithoutValidation("Cache-Control", "max-age=60");
                response.Headers.TryAddWithoutValidation(
                    "X-Bz-Client-Unauthorized-To-Read",
                    "X-Bz-File-Retention-Mode,X-Bz-File-Retention-Retain-Until-Timestamp"
                );
                response.Headers.TryAddWithoutValidation("X-Bz-File-Legal-Hold", "on");
                response.Headers.TryAddWithoutValidation("X-Bz-Server-Side-Encryption", "AES256");
                response.Headers.TryAddWithoutValidation("X-Bz-Replication-Status", "REPLICA");
            })
        );

        var file = await rig.Bucket.GetFileInfoByNameAsync("été/a b", cancellationToken: Rig.Stop);

        (file.FileName, file.FileId, file.SizeInBytes, file.ContentSha1).ShouldBe(("été/a b", stored.FileId, 3, stored.Sha1));
        (file.FileInfo["author"], file.FileInfo["plus"], file.FileInfo["b2-cache-control"]).ShouldBe(("Zoë & co", "1 1+1", "max-age=60"));
        file.UploadTimestamp.ToUnixTimeMilliseconds().ShouldBe(32_503_680_000_123);
        file.FileRetention!.IsClientAuthorizedToRead.ShouldBeFalse();
        file.LegalHold!.Value.ShouldBe(LegalHold.On);
        (file.ServerSideEncryption!.Mode, file.ReplicationStatus).ShouldBe((EncryptionMode.SseB2, ReplicationStatus.Replica));
    }

    private static async Task<Rig> RestrictedAsync(params string[] capabilities)
    {
        var rig = Rig.Fresh(far =>
            far.Allowed = new()
            {
                ["buckets"] = JsonNode.Parse(
                    """[{"id":"id2","name":"my-other-bucket"},{"id":"id1","name":"my-bucket"},{"id":"id3","name":null}]"""
                ),
                ["capabilities"] = new JsonArray([.. capabilities.Select(capability => (JsonNode)capability)]),
                ["namePrefix"] = null,
            }
        );
        await rig.AuthorizeAsync();
        (await rig.Account.FindBucketIdAsync("my-bucket", Rig.Stop)).ShouldBe("id1");
        rig.Far.ClearJournal();
        return rig;
    }
}
