namespace B2Sdk.Emulator.Tests;

/// <summary>b2_update_bucket: what changes, what stays, and whose change counts.</summary>
public sealed class BucketUpdateTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
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

    [Fact]
    public async Task Keys_of_the_info_are_kept_in_lower_case()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var updated = await UpdateAsync(
            b2,
            bucketId,
            new()
            {
                ["bucketInfo"] = new JsonObject { ["ManagedBy"] = "Me", ["other"] = "1" },
            }
        );

        updated["bucketInfo"]!.ToJsonString().ShouldBe("""{"managedby":"Me","other":"1"}""");
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

    private static Task<JsonObject> UpdateAsync(B2Wire b2, string bucketId, JsonObject changes)
    {
        changes["accountId"] = b2.AccountId;
        changes["bucketId"] = bucketId;
        return b2.OkAsync("b2_update_bucket", changes);
    }
}
