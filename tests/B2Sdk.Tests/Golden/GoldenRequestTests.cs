using System.Text;
using System.Text.Json.Nodes;

namespace B2Sdk.Tests.Golden;

/// <summary>What the library sends is what the files say, told through the public surface wherever it reaches.</summary>
public sealed class GoldenRequestTests
{
    private const string BucketId = "b8adc1404fd24b779a000f1a";
    private const string SmallId = "4_zb8adc1404fd24b779a000f1a_f1000000000000001_d20260202_m024000_c000_v0001000_t0001";
    private const string LargeId = "4_zb8adc1404fd24b779a000f1a_f2000000000000002_d20260202_m024000_c000_v0001000_t0001";
    private const string SmallName = "docs/grüße.txt";

    public static TheoryData<string> Files => [.. GoldenFiles.Requests];

    [Theory, MemberData(nameof(Files))]
    public void A_request_is_written_as_the_file_has_it(string file) =>
        WithoutNulls(GoldenFiles.ThroughRecord(file, GoldenFiles.Text(file))).ShouldBeJson(WithoutNulls(GoldenFiles.Node(file)));

    [Fact]
    public async Task Buckets_are_asked_for_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        rig.Far.Always("b2_list_buckets", GoldenFiles.Answer("b2_list_buckets/response.json"));

        await rig.Api.GetBucketByNameAsync("my-bucket", Rig.Stop);
        rig.Far.Last("b2_list_buckets").ShouldMatch("b2_list_buckets/request.by-name.json");
        await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        rig.Far.Last("b2_list_buckets").ShouldMatch("b2_list_buckets/request.by-id.json");
    }

    [Fact]
    public async Task A_bucket_is_created_and_deleted_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        rig.Far.Always("b2_create_bucket", GoldenFiles.Answer("b2_create_bucket/response.json"));
        rig.Far.Always("b2_delete_bucket", GoldenFiles.Answer("b2_delete_bucket/response.json"));
        var options = new CreateBucketOptions
        {
            Info = GoldenBucket.Info,
            CorsRules = GoldenBucket.CorsRules,
            LifecycleRules = GoldenBucket.LifecycleRules,
        };

        var bucket = await rig.Api.CreateBucketAsync("my-bucket", BucketType.AllPrivate, options, Rig.Stop);
        rig.Far.Last("b2_create_bucket").ShouldMatch("b2_create_bucket/request.json");
        await rig.Api.CreateBucketAsync("my-bucket", BucketType.AllPrivate, cancellationToken: Rig.Stop);
        rig.Far.Last("b2_create_bucket").ShouldMatch("b2_create_bucket/request.minimal.json");
        await rig.Api.DeleteBucketAsync(bucket, Rig.Stop);
        rig.Far.Last("b2_delete_bucket").ShouldMatch("b2_delete_bucket/request.json");

        bucket.Info["department"].ShouldBe("Vertrieb Süd");
        bucket.LifecycleRules.Single().DaysFromHidingToDeleting.ShouldBe(7);
        bucket.CorsRules.Single().MaxAge.ShouldBe(TimeSpan.FromHours(1));
        (bucket.Revision, bucket.Options.Single(), bucket.Type).ShouldBe((2, "s3", BucketType.AllPrivate));
        bucket.FileLockConfiguration.Value!.IsFileLockEnabled.ShouldBeFalse();
        bucket.DefaultServerSideEncryption.IsClientAuthorizedToRead.ShouldBeTrue();
        bucket.ReplicationConfiguration.Value.ShouldBeNull();
    }

    [Fact, Trait("Fact", "C42"), Trait("Fact", "C43"), Trait("Fact", "C44"), Trait("Fact", "C83")]
    public async Task A_small_file_lives_and_dies_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        rig.Far.Always("b2_get_upload_url", GoldenFiles.Answer("b2_get_upload_url/response.json"));
        rig.Far.Always("b2_upload_file", ReadAndAnswer("b2_upload_file/response.json"));
        rig.Far.Always("b2_get_file_info", GoldenFiles.Answer("b2_get_file_info/response.locked.json"));
        rig.Far.Always("b2_delete_file_version", GoldenFiles.Answer("b2_delete_file_version/response.json"));
        rig.Far.Always("b2_hide_file", GoldenFiles.Answer("b2_hide_file/response.json"));
        var options = new UploadOptions
        {
            ContentType = "text/plain",
            FileInfo = new Dictionary<string, string> { ["author"] = "Zoë & co" },
            LastModified = DateTimeOffset.FromUnixTimeMilliseconds(1_769_999_999_123),
        };

        var file = await bucket.UploadBytesAsync("hello"u8.ToArray(), SmallName, options, Rig.Stop);
        rig.Far.Last("b2_get_upload_url").ShouldMatch("b2_get_upload_url/request.json");
        ShouldHaveHeaders(rig.Far.Last("b2_upload_file"), "b2_upload_file/request.headers.digits-at-end.json");
        rig.Far.Last("b2_upload_file")
            .Token.ShouldBe(GoldenFiles.Node("b2_get_upload_url/response.json")["authorizationToken"]!.GetValue<string>());
        file.ContentMd5.ShouldBe("5d41402abc4b2a76b9719d911017c592");
        file.FileInfo["author"].ShouldBe("Zoë & co");

        var info = await rig.Api.GetFileInfoByIdAsync(SmallId, Rig.Stop);
        rig.Far.Last("b2_get_file_info").ShouldMatch("b2_get_file_info/request.json");
        (info.FileRetention!.Value!.Mode, info.LegalHold!.Value).ShouldBe((RetentionMode.Governance, LegalHold.On));
        info.FileRetention.Value.RetainUntilTimestamp!.Value.ToUnixTimeMilliseconds().ShouldBe(1_770_604_800_000);

        await bucket.DeleteFileVersionAsync(SmallName, SmallId, cancellationToken: Rig.Stop);
        rig.Far.Last("b2_delete_file_version").ShouldMatch("b2_delete_file_version/request.json");
        (await bucket.HideFileAsync("docs/old.txt", Rig.Stop)).Action.ShouldBe(FileAction.Hide);
        rig.Far.Last("b2_hide_file").ShouldMatch("b2_hide_file/request.json");
    }

    [Fact, Trait("Fact", "C56"), Trait("Fact", "C59")]
    public async Task A_large_file_is_told_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        byte[] bytes = [.. Enumerable.Repeat((byte)'a', 5_000_000), .. Enumerable.Repeat((byte)'b', 100)];
        rig.Far.Always("b2_start_large_file", GoldenFiles.Answer("b2_start_large_file/response.json"));
        rig.Far.Always("b2_get_upload_part_url", GoldenFiles.Answer("b2_get_upload_part_url/response.json"));
        rig.Far.Next(
            "b2_upload_part",
            async (far, exchange, stop) =>
            {
                await exchange.ReadBodyAsync(stop);
                return await Answer.ChangedJsonOf(
                    GoldenFiles.Text("b2_upload_part/response.json"),
                    json =>
                    {
                        json["partNumber"] = 1;
                        json["contentLength"] = 5_000_000;
                        json["contentSha1"] = FarSide.HexSha1(bytes[..5_000_000]);
                    }
                )(far, exchange, stop);
            }
        );
        rig.Far.Next("b2_upload_part", ReadAndAnswer("b2_upload_part/response.json"));
        rig.Far.Always("b2_finish_large_file", GoldenFiles.Answer("b2_finish_large_file/response.json"));
        var options = new UploadOptions
        {
            ContentType = "application/octet-stream",
            ContentSha1 = FarSide.HexSha1(bytes),
            LastModified = DateTimeOffset.FromUnixTimeMilliseconds(1_769_999_999_123),
            PartSize = 5_000_000,
            Concurrency = 1,
        };

        var file = await bucket.UploadBytesAsync(bytes, "videos/film.bin", options, Rig.Stop);

        file.FileId.ShouldBe(LargeId);
        (file.ContentSha1, file.ContentMd5, file.SizeInBytes).ShouldBe(("none", null, 5_000_100));
        rig.Far.Last("b2_start_large_file")
            .ShouldMatch("b2_start_large_file/request.json", start => start["fileInfo"]!["large_file_sha1"] = FarSide.HexSha1(bytes));
        rig.Far.Last("b2_get_upload_part_url").ShouldMatch("b2_get_upload_part_url/request.json");
        ShouldHaveHeaders(rig.Far.Last("b2_upload_part"), "b2_upload_part/request.headers.digits-at-end.json");
        rig.Far.Last("b2_finish_large_file").ShouldMatch("b2_finish_large_file/request.json");
    }

    [Fact, Trait("Fact", "C58")]
    public async Task A_large_file_is_cancelled_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        rig.Far.Always("b2_start_large_file", GoldenFiles.Answer("b2_start_large_file/response.json"));
        rig.Far.Always("b2_get_upload_part_url", Answer.Error(403, "storage_cap_exceeded"));
        rig.Far.Always("b2_cancel_large_file", GoldenFiles.Answer("b2_cancel_large_file/response.json"));

        await Should.ThrowAsync<B2Exception>(
            bucket.UploadBytesAsync(new byte[5_000_100], "videos/film.bin", new() { PartSize = 5_000_000 }, Rig.Stop)
        );

        rig.Far.Last("b2_cancel_large_file").ShouldMatch("b2_cancel_large_file/request.json");
    }

    [Fact, Trait("Fact", "C74")]
    public async Task Listings_are_asked_for_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        rig.Far.Always("b2_list_file_names", GoldenFiles.Answer("b2_list_file_names/response.folder.json"));
        rig.Far.Next(
            "b2_list_file_versions",
            Answer.ChangedJsonOf(
                GoldenFiles.Text("b2_list_file_versions/response.page.json"),
                json => (json["nextFileName"], json["nextFileId"]) = (SmallName, SmallId)
            ),
            GoldenFiles.Answer("b2_list_file_versions/response.empty.json")
        );

        var rows = await bucket.ListAsync(new() { Prefix = "docs/", StartFileName = "docs/a.txt" }, Rig.Stop).ToListAsync(Rig.Stop);
        await bucket.ListAsync(new() { Prefix = "docs/", LatestOnly = false }, Rig.Stop).ToListAsync(Rig.Stop);

        rows.Single().Action.ShouldBe(FileAction.Folder);
        rig.Far.Last("b2_list_file_names").ShouldMatch("b2_list_file_names/request.json");
        rig.Far.Last("b2_list_file_versions").ShouldMatch("b2_list_file_versions/request.json");
    }

    private static Task<Rig> StartAsync() =>
        Rig.StartAsync(
            far =>
            {
                far.ApiUrl = "https://api000.backblazeb2.com";
                far.Always("b2_list_buckets", GoldenFiles.Answer("b2_list_buckets/response.json"));
                far.MinimumPartSize = 5_000_000;
                far.RecommendedPartSize = 100_000_000;
            },
            options => options,
            "https://b2.example",
            "my-bucket"
        );

    private static Reply ReadAndAnswer(string file) =>
        async (far, exchange, stop) =>
        {
            await exchange.ReadBodyAsync(stop);
            return await GoldenFiles.Answer(file)(far, exchange, stop);
        };

    private static void ShouldHaveHeaders(Exchange sent, string file)
    {
        foreach (var (name, value) in GoldenFiles.Node(file).AsObject())
        {
            var actual = name == "Content-Length" ? $"{sent.ContentLength}" : sent.Headers[name];
            actual.ShouldBe(value!.GetValue<string>(), name);
        }
        sent.Headers.Keys.Where(name => name.StartsWith("X-Bz-", StringComparison.OrdinalIgnoreCase))
            .ShouldBe(
                GoldenFiles
                    .Node(file)
                    .AsObject()
                    .Select(header => header.Key)
                    .Where(name => name.StartsWith("X-Bz-", StringComparison.Ordinal)),
                ignoreOrder: true
            );
        Encoding.ASCII.GetString(sent.Body[^40..]).ShouldBe(FarSide.HexSha1(sent.Body[..^40]));
    }

    private static JsonNode WithoutNulls(JsonNode node)
    {
        if (node is JsonObject members)
        {
            foreach (var name in members.Where(member => member.Value is null).Select(member => member.Key).ToList())
            {
                members.Remove(name);
            }
        }
        foreach (var child in node is JsonArray items ? items : (node as JsonObject)?.Select(member => member.Value) ?? [])
        {
            if (child is not null)
            {
                WithoutNulls(child);
            }
        }
        return node;
    }
}
