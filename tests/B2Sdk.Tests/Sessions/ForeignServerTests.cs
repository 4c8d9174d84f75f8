using System.Net;
using System.Text.Json.Nodes;

namespace B2Sdk.Tests.Sessions;

/// <summary>Servers that speak B2 and are not B2: what they say is taken as it is meant, or refused with the reason; nothing hangs, and nothing goes round in a circle.</summary>
public sealed class ForeignServerTests
{
    [Theory, Trait("Need", "44")]
    [InlineData("<html>Welcome</html>")]
    [InlineData("")]
    public async Task A_realm_that_answers_with_a_page_is_given_up_after_three_attempts(string page)
    {
        await using var rig = Rig.Fresh(far => far.Always("b2_authorize_account", Answer.Body(200, page, "text/html")));

        var failure = await Should.ThrowAsync<B2Exception>(rig.AuthorizeAsync());

        rig.Far.Count("b2_authorize_account").ShouldBe(3);
        failure.Code.ShouldBe(B2ErrorCode.NonJsonResponse);
    }

    [Theory, Trait("Need", "44"), Trait("Need", "43")]
    [InlineData("{}", "at $")]
    [InlineData("{\"hello\":\"world\"}", "b2_authorize_account")]
    [InlineData("{\"accountId\":\"a\",\"authorizationToken\":\"t\",\"apiInfo\":{\"groupsApi\":{}}}", "at $.apiInfo")]
    [InlineData("{\"accountId\":\"a\",\"authorizationToken\":\"t\",\"apiInfo\":{\"storageApi\":7}}", "at $.apiInfo.storageApi")]
    public async Task An_answer_of_another_shape_is_told_at_once_with_the_place(string body, string said)
    {
        await using var rig = Rig.Fresh(far => far.Always("b2_authorize_account", Answer.Body(200, body)));

        var failure = await Should.ThrowAsync<B2Exception>(rig.AuthorizeAsync());

        rig.Far.Count("b2_authorize_account").ShouldBe(1);
        (failure.Code, failure.IsTransient).ShouldBe((B2ErrorCode.NonJsonResponse, false));
        if (said.Contains("apiInfo", StringComparison.Ordinal))
        {
            failure.Message.ShouldContain(said);
        }
    }

    [Theory]
    [InlineData(0, 100_000_000)]
    [InlineData(5_000_000, 0)]
    [InlineData(-5, 100_000_000)]
    public async Task Parts_without_bytes_are_refused(long minimum, long recommended)
    {
        await using var rig = Rig.Fresh(far => (far.MinimumPartSize, far.RecommendedPartSize) = (minimum, recommended));

        var failure = await Should.ThrowAsync<B2Exception>(rig.AuthorizeAsync());

        failure.Message.ShouldContain($"{minimum}");
        failure.Message.ShouldContain($"{recommended}");
        rig.Far.Count("b2_authorize_account").ShouldBe(1);
    }

    [Theory, Trait("Fact", "C2"), Trait("Fact", "C52")]
    [InlineData(1, 1, 2_500)]
    [InlineData(1_000, long.MaxValue, 25_000)]
    public async Task Parts_of_any_size_are_used(long minimum, long recommended, int size)
    {
        await using var rig = await Rig.StartAsync(far => (far.MinimumPartSize, far.RecommendedPartSize) = (minimum, recommended));

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(size), "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(size));
        rig.Far.Count("b2_upload_part").ShouldBe(recommended == 1 ? size : 0);
    }

    [Fact, Trait("Fact", "C5"), Trait("Fact", "C6")]
    public async Task What_authorization_need_not_say_may_be_missing()
    {
        await using var rig = Rig.Fresh(far => far.AddBucket(Rig.BucketName));
        rig.Far.Always(
            "b2_authorize_account",
            Answer.ChangedJson(json =>
            {
                json.Remove("applicationKeyExpirationTimestamp");
                json["new"] = new JsonArray(1, null);
                var storage = json["apiInfo"]!["storageApi"]!.AsObject();
                storage.Remove("s3ApiUrl");
                storage["apiUrl"] = "https://api000.backblazeb2.com/";
                var allowed = storage["allowed"]!.AsObject();
                allowed["buckets"] = new JsonArray();
                allowed.Remove("namePrefix");
            })
        );

        await rig.AuthorizeAsync();
        await rig.FindBucketAsync();

        rig.Bucket.Name.ShouldBe(Rig.BucketName);
        rig.Far.Last("b2_list_buckets").Url.AbsolutePath.ShouldBe("/b2api/v4/b2_list_buckets");
        (await rig.Api.GetAuthorizationAsync(Rig.Stop)).Allowed.Buckets.ShouldBeNull();
    }

    [Fact, Trait("Fact", "C81")]
    public async Task A_bucket_that_was_not_asked_for_is_not_taken_for_it()
    {
        await using var rig = await Rig.StartAsync();
        var id = rig.Far.AddBucket("zebra-bucket");
        // Some servers give all buckets whatever is asked.
        rig.Far.Always(
            "b2_list_buckets",
            Answer.Json(new { buckets = new[] { Named(rig.Bucket.Id, Rig.BucketName), Named(id, "zebra-bucket") } })
        );

        (await rig.Api.GetBucketByNameAsync("Zebra-Bucket", Rig.Stop)).Id.ShouldBe(id);
        (await rig.Api.GetBucketByIdAsync(id, Rig.Stop)).Name.ShouldBe("zebra-bucket");
        await Should.ThrowAsync<B2NotFoundException>(rig.Api.GetBucketByNameAsync("other-bucket", Rig.Stop));
    }

    [Fact, Trait("Fact", "C78"), Trait("Fact", "C79")]
    public async Task A_bucket_with_nulls_and_without_settings_is_a_bucket()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always(
            "b2_list_buckets",
            Answer.Body(
                200,
                """
                {"buckets":[{"accountId":"a","bucketId":"b","bucketName":"n","bucketType":"tomorrow","bucketInfo":null,"corsRules":null,"lifecycleRules":null,"options":null,
                "fileLockConfiguration":{"isClientAuthorizedToRead":null,"value":{"isFileLockEnabled":null,"defaultRetention":{"mode":null,"period":null}}},
                "defaultServerSideEncryption":{"value":{"mode":"none"}},"replicationConfiguration":null},
                {"accountId":"a","bucketId":"c","bucketName":"m","bucketType":"allPrivate"}]}
                """
            )
        );

        var buckets = await rig.Api.ListBucketsAsync(Rig.Stop);

        buckets.Select(bucket => bucket.Name).ShouldBe(["n", "m"]);
        buckets[0].Record.FileLockConfiguration!.Value!.IsFileLockEnabled.ShouldBeFalse();
    }

    [Theory, Trait("Fact", "C74")]
    [InlineData("self")]
    [InlineData("pair")]
    [InlineData("long")]
    public async Task A_listing_that_leads_round_in_a_circle_ends(string circle)
    {
        await using var rig = await Rig.StartAsync();
        var length = circle switch
        {
            "self" => 1,
            "pair" => 2,
            _ => 7,
        };
        var asked = 0;
        Task<HttpResponseMessage> Circle(FarSide far, Exchange exchange, CancellationToken stop)
        {
            var place = $"{asked++ % length}";
            var json = new JsonObject
            {
                ["files"] = new JsonArray(),
                ["keys"] = new JsonArray(),
                ["parts"] = new JsonArray(),
                ["nextFileName"] = place,
                ["nextFileId"] = place,
                ["nextApplicationKeyId"] = place,
                ["nextPartNumber"] = (asked % length) + 1,
            };
            return Answer.Json(json)(far, exchange, stop);
        }
        foreach (var operation in Listings)
        {
            rig.Far.Always(operation, Circle);
        }

        foreach (var list in ListEverything(rig))
        {
            asked = 0;
            var failure = await Should.ThrowAsync<B2Exception>(async () => await list());
            failure.IsTransient.ShouldBeFalse();
            failure.Message.ShouldContain("never end");
            asked.ShouldBeLessThan(4 * length + 2);
        }
    }

    [Fact, Trait("Fact", "C75")]
    public async Task A_long_listing_of_empty_pages_is_no_circle()
    {
        await using var rig = await Rig.StartAsync();
        var asked = 0;
        rig.Far.Always(
            "b2_list_file_names",
            (far, exchange, stop) =>
                Answer.Json(new JsonObject { ["files"] = new JsonArray(), ["nextFileName"] = ++asked < 100 ? $"{asked:d3}" : null })(
                    far,
                    exchange,
                    stop
                )
        );

        (await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop)).ShouldBeEmpty();

        asked.ShouldBe(100);
    }

    [Theory, Trait("Fact", "C16"), Trait("Fact", "C18")]
    [InlineData("{\"code\":\"bad_bucket_id\",\"message\":\"gone\",\"status\":\"400\"}", "bad_bucket_id", "gone")]
    [InlineData("{\"code\":\"bad_bucket_id\",\"message\":null,\"status\":4e2,\"more\":[]}", "bad_bucket_id", null)]
    [InlineData("{\"message\":\"gone\"}", "", "gone")]
    public async Task An_error_is_read_whatever_else_its_body_holds(string body, string code, string? message)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_list_buckets", Answer.Body(400, body));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        (failure.Code.ToString(), failure.ServerMessage, failure.Status).ShouldBe((code, message, HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("{\"files\":[{\"fileName\":\"a\",\"contentLength\":-1}]}")]
    [InlineData("{\"files\":[{\"fileName\":\"a\",\"contentLength\":1.5}]}")]
    [InlineData("{\"files\":[{\"fileName\":\"a\",\"contentLength\":\"1\"}]}")]
    [InlineData("{\"files\":[{\"fileName\":\"a\",\"contentLength\":99999999999999999999}]}")]
    [InlineData("{\"files\":[{\"fileName\":\"a\",\"uploadTimestamp\":\"now\"}]}")]
    [InlineData("{\"files\":[{\"fileName\":\"\\ud800\"}]}")]
    [InlineData("{\"files\":[{\"fileName\":7}]}")]
    [InlineData("{\"files\":[{\"fileName\":\"a\",\"fileInfo\":[]}]}")]
    [InlineData("{\"files\":[{\"fileName\":\"a\",\"fileRetention\":{\"value\":7}}]}")]
    public async Task A_row_that_says_what_cannot_be_is_refused_at_once(string body)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_list_file_names", Answer.Body(200, body));

        var failure = await Should.ThrowAsync<B2Exception>(async () =>
            await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop)
        );

        (failure.Code, failure.IsTransient).ShouldBe((B2ErrorCode.NonJsonResponse, false));
        rig.Far.Count("b2_list_file_names").ShouldBe(1);
    }

    [Fact, Trait("Fact", "C78"), Trait("Fact", "C73")]
    public async Task A_row_with_nulls_and_absences_is_a_row()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always(
            "b2_list_file_names",
            Answer.Body(
                200,
                """
                {"files":[{"fileName":"a"},{"fileName":"b","fileId":null,"fileInfo":null,"fileRetention":null,"legalHold":null,"serverSideEncryption":null,"replicationStatus":null,
                "contentSha1":null,"contentMd5":null,"contentType":null,"uploadTimestamp":9223372036854775807,"contentLength":9223372036854775807},
                {"fileName":"c","fileInfo":{"k":null},"fileRetention":{"isClientAuthorizedToRead":null,"value":{"mode":null}},"legalHold":{"value":null},"serverSideEncryption":{}}]}
                """
            )
        );

        var rows = await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop);

        rows.Select(row => row.FileName).ShouldBe(["a", "b", "c"]);
        rows[1].SizeInBytes.ShouldBe(long.MaxValue);
        rows[2].FileRetention!.IsClientAuthorizedToRead.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"size\":7", 7)]
    [InlineData("\"contentLength\":7,\"size\":8", 7)]
    [InlineData("\"size\":8,\"contentLength\":0", 0)]
    public async Task A_size_stands_for_a_length_that_is_not_told(string said, long size)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_list_file_names", Answer.Body(200, $"{{\"files\":[{{\"fileName\":\"a\",{said}}}]}}"));

        (await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).SingleAsync(Rig.Stop)).SizeInBytes.ShouldBe(size);
    }

    private static readonly string[] Listings =
    [
        "b2_list_file_names",
        "b2_list_file_versions",
        "b2_list_keys",
        "b2_list_parts",
        "b2_list_unfinished_large_files",
    ];

    private static IEnumerable<Func<Task>> ListEverything(Rig rig) =>
        [
            async () => await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop),
            async () => await rig.Bucket.ListAsync(new() { StartFileName = "0", LatestOnly = false }, Rig.Stop).ToListAsync(Rig.Stop),
            async () => await rig.Api.ListKeysAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop),
            async () => await rig.Api.ListPartsAsync("4_z1", cancellationToken: Rig.Stop).ToListAsync(Rig.Stop),
            async () => await rig.Bucket.ListUnfinishedLargeFilesAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop),
        ];

    private static object Named(string id, string name) =>
        new
        {
            accountId = FarSide.AccountId,
            bucketId = id,
            bucketName = name,
            bucketType = "allPrivate",
        };
}
