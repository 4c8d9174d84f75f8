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
        body["bucketInfo"] = new JsonObject { ["Cache-Control"] = "max-age=60", ["owner"] = "Müller" };

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

    [Fact, Trait("Fact", "S75"), Trait("Fact", "S77")]
    public async Task An_update_changes_what_it_names_and_counts_up()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var rules = """[{"daysFromHidingToDeleting":1,"daysFromUploadingToHiding":null,"fileNamePrefix":"logs/"}]""";
        var before = await UpdateAsync(
            b2,
            bucketId,
            new()
            {
                ["bucketInfo"] = new JsonObject { ["a"] = "1" },
                ["lifecycleRules"] = JsonNode.Parse(rules),
            }
        );

        var after = await UpdateAsync(b2, bucketId, new() { ["bucketType"] = "allPublic" });

        after["bucketType"]!.GetValue<string>().ShouldBe("allPublic");
        after["bucketInfo"]!.ToJsonString().ShouldBe("""{"a":"1"}""");
        after["lifecycleRules"]!.ToJsonString().ShouldBe(before["lifecycleRules"]!.ToJsonString());
        after["revision"]!.GetValue<long>().ShouldBeGreaterThan(before["revision"]!.GetValue<long>());
        (await b2.BucketAsync(bucketId)).ToJsonString().ShouldBe(after.ToJsonString());
    }

    [Fact, Trait("Fact", "S76")]
    public async Task A_stale_revision_is_a_conflict_and_changes_nothing()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var before = await b2.BucketAsync(bucketId);
        JsonObject Update(long revision) =>
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["bucketType"] = "allPublic",
                ["ifRevisionIs"] = revision,
            };
        var revision = before["revision"]!.GetValue<long>();

        var refusal = await b2.RefusedAsync("b2_update_bucket", Update(revision - 1), 409, "conflict");
        refusal.Message.ShouldBe("simultaneous updates to bucket");
        (await b2.BucketAsync(bucketId)).ToJsonString().ShouldBe(before.ToJsonString());

        await b2.OkAsync("b2_update_bucket", Update(revision));
        await b2.RefusedAsync("b2_update_bucket", Update(revision), 409, "conflict");
    }

    [Fact, Trait("Fact", "S76")]
    public async Task Of_many_updates_of_one_revision_one_wins()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var revision = (await b2.BucketAsync(bucketId))["revision"]!.GetValue<long>();

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    b2.CallAsync(
                        "b2_update_bucket",
                        new()
                        {
                            ["accountId"] = b2.AccountId,
                            ["bucketId"] = bucketId,
                            ["bucketInfo"] = new JsonObject { ["winner"] = $"{i}" },
                            ["ifRevisionIs"] = revision,
                        }
                    )
                )
        );

        replies.Count(r => r.Status == 200).ShouldBe(1);
        replies.Count(r => r.Status == 409).ShouldBe(7);
    }

    [Fact, Trait("Fact", "S78")]
    public async Task Given_lists_replace_the_old_ones()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var full = Golden.Request("b2_update_bucket", null);
        JsonObject Pick(string name) => new() { [name] = full[name]!.DeepClone() };
        await UpdateAsync(b2, bucketId, Pick("corsRules"));
        await UpdateAsync(b2, bucketId, Pick("lifecycleRules"));
        await UpdateAsync(b2, bucketId, Pick("bucketInfo"));

        var replaced = await UpdateAsync(b2, bucketId, new() { ["bucketInfo"] = new JsonObject { ["only"] = "this" } });
        var cleared = await UpdateAsync(
            b2,
            bucketId,
            new()
            {
                ["bucketInfo"] = new JsonObject(),
                ["corsRules"] = new JsonArray(),
                ["lifecycleRules"] = new JsonArray(),
            }
        );

        replaced["bucketInfo"]!.ToJsonString().ShouldBe("""{"only":"this"}""");
        replaced["corsRules"]!.AsArray().Count.ShouldBe(1);
        replaced["lifecycleRules"]!.AsArray().Count.ShouldBe(1);
        cleared["bucketInfo"]!.ToJsonString().ShouldBe("{}");
        cleared["corsRules"]!.AsArray().ShouldBeEmpty();
        cleared["lifecycleRules"]!.AsArray().ShouldBeEmpty();
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

    [Fact]
    public async Task Bucket_info_keys_are_letters_digits_hyphen_and_underscore()
    {
        var (b2, bucketId) = await NewBucketAsync();
        JsonObject Update(JsonObject info) =>
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["bucketInfo"] = info,
            };

        await b2.OkAsync("b2_update_bucket", Update(new() { ["Aa0-_"] = "" }));
        await b2.RefusedAsync("b2_update_bucket", Update(new() { ["with blank"] = "x" }), 400, "bad_request");
        await b2.RefusedAsync("b2_update_bucket", Update(new() { ["b2-reserved"] = "x" }), 400, "bad_request");
        await b2.RefusedAsync(
            "b2_update_bucket",
            Update(new(Enumerable.Range(0, 11).Select(i => KeyValuePair.Create($"k{i}", (JsonNode?)"x")))),
            400,
            "bad_request"
        );
        await b2.RefusedAsync("b2_update_bucket", Update(new() { ["long"] = new string('x', 2_049) }), 400, "bad_request");
    }

    private static JsonObject NewBucket(B2Wire b2, string name) =>
        new()
        {
            ["accountId"] = b2.AccountId,
            ["bucketName"] = name,
            ["bucketType"] = "allPrivate",
        };

    private static Task<JsonObject> UpdateAsync(B2Wire b2, string bucketId, JsonObject changes)
    {
        changes["accountId"] = b2.AccountId;
        changes["bucketId"] = bucketId;
        return b2.OkAsync("b2_update_bucket", changes);
    }

    private static async Task<IEnumerable<string>> NamesAsync(B2Wire b2, JsonObject query)
    {
        query["accountId"] = b2.AccountId;
        return (await b2.OkAsync("b2_list_buckets", query))["buckets"]!.AsArray().Select(b => B2Wire.Text(b!["bucketName"]));
    }
}
