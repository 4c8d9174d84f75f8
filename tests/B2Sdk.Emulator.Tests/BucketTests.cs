namespace B2Sdk.Emulator.Tests;

/// <summary>Making, changing, listing and deleting buckets.</summary>
public sealed class BucketTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string UnknownBucketId = "ffffffffffffffffffffffff";

    [Fact, Trait("Fact", "S62")]
    public async Task A_new_bucket_is_described_in_full()
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        var body = NewBucket(b2, name);
        body["bucketInfo"] = new JsonObject { ["cache-control"] = "max-age=60", ["owner"] = "Müller" };

        var bucket = await b2.OkAsync("b2_create_bucket", body);

        B2Wire.Text(bucket["bucketId"]).ShouldMatch("^[0-9a-f]{24}$");
        bucket["accountId"]!.GetValue<string>().ShouldBe(b2.AccountId);
        bucket["bucketName"]!.GetValue<string>().ShouldBe(name);
        bucket["bucketType"]!.GetValue<string>().ShouldBe("allPrivate");
        bucket["bucketInfo"]!.ToJsonString().ShouldBe(body["bucketInfo"]!.ToJsonString());
        bucket["corsRules"]!.AsArray().ShouldBeEmpty();
        bucket["lifecycleRules"]!.AsArray().ShouldBeEmpty();
        bucket["options"]!.ToJsonString().ShouldBe("""["s3"]""");
        bucket["revision"]!.GetValue<long>().ShouldBeGreaterThan(0);
        bucket["defaultServerSideEncryption"]!
            .ToJsonString()
            .ShouldBe("""{"isClientAuthorizedToRead":true,"value":{"algorithm":null,"mode":null}}""");
        bucket["fileLockConfiguration"]!
            .ToJsonString()
            .ShouldBe(
                """{"isClientAuthorizedToRead":true,"value":{"defaultRetention":{"mode":null,"period":null},"isFileLockEnabled":false}}"""
            );
        bucket["replicationConfiguration"]!.ToJsonString().ShouldBe("""{"isClientAuthorizedToRead":true,"value":null}""");
    }

    [Fact]
    public async Task Keys_of_the_info_that_differ_in_case_alone_are_refused()
    {
        var b2 = await NewAccountAsync();
        var body = NewBucket(b2, NewBucketName());
        body["bucketInfo"] = new JsonObject { ["Foo"] = "1", ["foo"] = "1" };

        var refusal = await b2.RefusedAsync("b2_create_bucket", body, 400, "bad_request");

        refusal.Message.ShouldBe("duplicate bucket info name: foo");
    }

    [Theory, Trait("Fact", "S63"), Trait("Fact", "S64"), Trait("Fact", "S65")]
    [InlineData("")]
    [InlineData("abcde")]
    [InlineData("with_underscore")]
    [InlineData("with.dots.in.it")]
    [InlineData("with a blank")]
    [InlineData("umläut-bucket")]
    [InlineData("slash/bucket")]
    [InlineData("b2-mine-all-mine")]
    [InlineData("B2-mine-all-mine")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_bad_bucket_name_is_refused(string name)
    {
        var b2 = await NewAccountAsync();

        await b2.RefusedAsync("b2_create_bucket", NewBucket(b2, name), 400, "bad_request");
    }

    [Fact, Trait("Fact", "S63")]
    public async Task Six_and_sixty_three_characters_are_allowed()
    {
        var b2 = await NewAccountAsync();
        var seed = NewBucketName()["test-".Length..];

        await b2.OkAsync("b2_create_bucket", NewBucket(b2, seed[..6]));
        await b2.OkAsync("b2_create_bucket", NewBucket(b2, seed + new string('x', 63 - seed.Length)));
    }

    [Fact, Trait("Fact", "S66")]
    public async Task A_name_is_taken_whatever_its_case_and_whoever_has_it()
    {
        var b2 = await NewAccountAsync();
        var other = await NewAccountAsync();
        var name = NewBucketName();
        await b2.CreateBucketAsync(name);

        foreach (var wire in (B2Wire[])[b2, other])
        {
            foreach (var taken in (string[])[name, name.ToUpperInvariant()])
            {
                var refusal = await wire.RefusedAsync("b2_create_bucket", NewBucket(wire, taken), 400, "duplicate_bucket_name");
                refusal.Message.ShouldBe("Bucket name is already in use.");
            }
        }
    }

    [Fact, Trait("Fact", "S66")]
    public async Task A_bucket_keeps_the_case_of_its_name()
    {
        var b2 = await NewAccountAsync();
        var name = "CamelCase-" + NewBucketName();

        var bucketId = await b2.CreateBucketAsync(name);

        (await b2.BucketAsync(bucketId))["bucketName"]!.GetValue<string>().ShouldBe(name);
    }

    [Theory, Trait("Fact", "S67")]
    [InlineData("snapshot")]
    [InlineData("restricted")]
    [InlineData("shared")]
    [InlineData("allprivate")]
    [InlineData("")]
    public async Task Only_public_and_private_buckets_can_be_made(string type)
    {
        var b2 = await NewAccountAsync();
        var body = NewBucket(b2, NewBucketName());
        body["bucketType"] = type;

        await b2.RefusedAsync("b2_create_bucket", body, 400, "bad_request");
    }

    [Fact, Trait("Fact", "S68")]
    public async Task Buckets_are_listed_by_name()
    {
        var b2 = await NewAccountAsync();
        var seed = NewBucketName();
        foreach (var tail in (string[])["c", "a", "b10", "b1", "b-2"])
        {
            await b2.CreateBucketAsync($"{seed}-{tail}");
        }

        var names = await NamesAsync(b2, new());

        names.ShouldBe([$"{seed}-a", $"{seed}-b-2", $"{seed}-b1", $"{seed}-b10", $"{seed}-c"]);
    }

    [Fact, Trait("Fact", "S69")]
    public async Task An_unknown_bucket_is_an_empty_list()
    {
        var b2 = await NewAccountAsync();
        await b2.CreateBucketAsync();

        (await NamesAsync(b2, new() { ["bucketName"] = "no-such-bucket" })).ShouldBeEmpty();
        (await NamesAsync(b2, new() { ["bucketId"] = UnknownBucketId })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_can_be_narrowed_to_one_bucket_or_one_type()
    {
        var b2 = await NewAccountAsync();
        var (hidden, open) = (NewBucketName(), NewBucketName());
        var hiddenId = await b2.CreateBucketAsync(hidden);
        var openId = await b2.CreateBucketAsync(open, "allPublic");

        (await NamesAsync(b2, new() { ["bucketName"] = hidden })).ShouldBe([hidden]);
        (await NamesAsync(b2, new() { ["bucketId"] = openId })).ShouldBe([open]);
        (await NamesAsync(b2, new() { ["bucketTypes"] = B2Wire.Strings("allPublic") })).ShouldBe([open]);
        (await NamesAsync(b2, new() { ["bucketTypes"] = B2Wire.Strings("all") })).ShouldBe([hidden, open], ignoreOrder: true);
        (await NamesAsync(b2, new() { ["bucketId"] = hiddenId, ["bucketName"] = open })).ShouldBeEmpty();
    }

    [Theory, Trait("Fact", "S70"), Trait("Fact", "S71")]
    [InlineData]
    [InlineData("all", "allPublic")]
    [InlineData("no-such-type")]
    public async Task Types_must_be_given_properly(params string[] types)
    {
        var b2 = await NewAccountAsync();

        await b2.RefusedAsync(
            "b2_list_buckets",
            new() { ["accountId"] = b2.AccountId, ["bucketTypes"] = B2Wire.Strings(types) },
            400,
            "bad_request"
        );
    }

    [Fact, Trait("Fact", "S79"), Trait("Fact", "S80")]
    public async Task A_bucket_goes_only_when_nothing_at_all_is_in_it()
    {
        var (b2, bucketId) = await NewBucketAsync();
        JsonObject Bucket() => new() { ["accountId"] = b2.AccountId, ["bucketId"] = bucketId };
        Task<WireReply> RefusedAsync() => b2.RefusedAsync("b2_delete_bucket", Bucket(), 400, "cannot_delete_non_empty_bucket");
        async Task RemoveAsync(string id) => await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = "a", ["fileId"] = id });

        var upload = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));
        await RefusedAsync();
        var marker = B2Wire.IdOf(await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "a" }));
        await RemoveAsync(upload);
        await RefusedAsync();
        await RemoveAsync(marker);
        var large = await b2.StartLargeFileAsync(bucketId, "a");
        await RefusedAsync();
        await b2.OkAsync("b2_cancel_large_file", new() { ["fileId"] = large });
        var before = await b2.BucketAsync(bucketId);
        var deleted = await b2.OkAsync("b2_delete_bucket", Bucket());

        deleted.ToJsonString().ShouldBe(before.ToJsonString());
        await b2.RefusedAsync("b2_delete_bucket", Bucket(), 400, "bad_bucket_id");
        (await NamesAsync(b2, new())).ShouldBeEmpty();
    }

    [Theory, Trait("Fact", "S81")]
    [InlineData("b2_update_bucket")]
    [InlineData("b2_delete_bucket")]
    [InlineData("b2_get_upload_url")]
    [InlineData("b2_list_file_names")]
    [InlineData("b2_list_file_versions")]
    [InlineData("b2_hide_file")]
    [InlineData("b2_start_large_file")]
    [InlineData("b2_list_unfinished_large_files")]
    [InlineData("b2_get_download_authorization")]
    public async Task An_unknown_bucket_is_named_in_the_refusal(string operation)
    {
        var b2 = await NewAccountAsync();
        var body = await BadInputTests.ValidBodyAsync(b2, await b2.CreateBucketAsync(), operation);
        body["bucketId"] = UnknownBucketId;

        var refusal = await b2.RefusedAsync(operation, body, 400, "bad_bucket_id");

        refusal.Message.ShouldBe($"Bucket {UnknownBucketId} does not exist");
    }

    [Fact, Trait("Fact", "S92")]
    public async Task The_hundred_and_first_bucket_is_one_too_many()
    {
        var b2 = await NewAccountAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 100),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancelled },
            async (_, _) => await b2.CreateBucketAsync()
        );

        await b2.RefusedAsync("b2_create_bucket", NewBucket(b2, NewBucketName()), 400, "too_many_buckets");
    }

    private static JsonObject NewBucket(B2Wire b2, string name) =>
        new()
        {
            ["accountId"] = b2.AccountId,
            ["bucketName"] = name,
            ["bucketType"] = "allPrivate",
        };

    private static async Task<IEnumerable<string>> NamesAsync(B2Wire b2, JsonObject query)
    {
        query["accountId"] = b2.AccountId;
        return (await b2.OkAsync("b2_list_buckets", query))["buckets"]!.AsArray().Select(b => B2Wire.Text(b!["bucketName"]));
    }
}
