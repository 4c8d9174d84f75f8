namespace B2Sdk.Emulator.Tests;

/// <summary>b2_create_key, b2_list_keys, b2_delete_key.</summary>
public sealed class KeyTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact, Trait("Fact", "S47"), Trait("Fact", "S48"), Trait("Fact", "S61")]
    public async Task The_secret_is_shown_once()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var key = await b2.CreateKeyAsync(["listFiles"], [bucketId]);
        var listed = await b2.OkAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId });
        var deleted = await b2.OkAsync("b2_delete_key", new() { ["applicationKeyId"] = key["applicationKeyId"]!.DeepClone() });

        B2Wire.Text(key["applicationKeyId"]).Length.ShouldBe(25);
        B2Wire.Text(key["applicationKeyId"]).ShouldStartWith("00");
        B2Wire.Text(key["applicationKeyId"])[3..15].ShouldBe(b2.AccountId);
        B2Wire.Text(key["applicationKey"]).ShouldMatch("^K00[0-9].{27}$");
        key["bucketIds"]!.AsArray().Select(B2Wire.Text).ShouldBe([bucketId]);
        key.ContainsKey("bucketId").ShouldBeFalse();
        listed["keys"]![0]!.AsObject().ContainsKey("applicationKey").ShouldBeFalse();
        deleted.ContainsKey("applicationKey").ShouldBeFalse();
        key.Remove("applicationKey");
        listed["keys"]![0]!.ToJsonString().ShouldBe(key.ToJsonString());
        deleted.ToJsonString().ShouldBe(key.ToJsonString());
    }

    [Theory, Trait("Fact", "S49")]
    [InlineData("v1")]
    [InlineData("v2")]
    [InlineData("v3")]
    public async Task Before_v4_a_key_has_one_bucket_id(string version)
    {
        var (b2, bucketId) = await NewBucketAsync(version);
        var body = NewKey(b2);
        body["bucketId"] = bucketId;

        var key = await b2.OkAsync("b2_create_key", body);

        B2Wire.Text(key["bucketId"]).ShouldBe(bucketId);
        key.ContainsKey("bucketIds").ShouldBeFalse();
        (await b2.As("v4").OkAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId }))["keys"]![0]!["bucketIds"]!
            .AsArray()
            .Select(B2Wire.Text)
            .ShouldBe([bucketId]);
    }

    [Theory]
    [InlineData("v1", "bucketIds")]
    [InlineData("v3", "bucketIds")]
    [InlineData("v4", "bucketId")]
    public async Task A_bucket_in_the_words_of_another_version_makes_no_key_for_all_buckets(string version, string field)
    {
        var (b2, bucketId) = await NewBucketAsync(version);
        var body = NewKey(b2);
        body[field] = field == "bucketId" ? bucketId : B2Wire.Strings(bucketId);

        (await b2.RefusedAsync("b2_create_key", body, 400, "bad_request")).Text.ShouldContain(field);
        body[field] = null;
        await b2.OkAsync("b2_create_key", body);
    }

    [Theory, Trait("Fact", "S50")]
    [InlineData("")]
    [InlineData("under_score")]
    [InlineData("a space")]
    [InlineData("umläut")]
    [InlineData("dot.ted")]
    public async Task A_key_name_with_other_signs_is_refused(string name)
    {
        var b2 = await NewAccountAsync();

        await b2.RefusedAsync("b2_create_key", NewKey(b2, name), 400, "bad_request");
    }

    [Fact, Trait("Fact", "S50")]
    public async Task A_key_name_has_at_most_a_hundred_characters()
    {
        var b2 = await NewAccountAsync();

        await b2.OkAsync("b2_create_key", NewKey(b2, new string('a', 100)));
        await b2.RefusedAsync("b2_create_key", NewKey(b2, new string('a', 101)), 400, "bad_request");
    }

    [Fact, Trait("Fact", "S51")]
    public async Task Two_keys_may_share_a_name()
    {
        var b2 = await NewAccountAsync();

        var first = await b2.OkAsync("b2_create_key", NewKey(b2, "twin"));
        var second = await b2.OkAsync("b2_create_key", NewKey(b2, "twin"));

        B2Wire.Text(second["applicationKeyId"]).ShouldNotBe(B2Wire.Text(first["applicationKeyId"]));
        B2Wire.Text(second["applicationKey"]).ShouldNotBe(B2Wire.Text(first["applicationKey"]));
    }

    [Theory, Trait("Fact", "S52"), Trait("Fact", "S53")]
    [InlineData("flyToTheMoon")]
    [InlineData("readfiles")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Unknown_and_empty_capabilities_are_refused(string? capability)
    {
        var b2 = await NewAccountAsync();
        var body = NewKey(b2);
        body["capabilities"] = capability is null ? [] : new JsonArray("listFiles", capability);

        await b2.RefusedAsync("b2_create_key", body, 400, "bad_request");
    }

    [Theory, Trait("Fact", "S54")]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(86_400_000, true)]
    [InlineData(86_400_001, false)]
    public async Task A_key_lives_from_a_second_to_a_thousand_days(int seconds, bool accepted)
    {
        var b2 = await NewAccountAsync();
        var body = NewKey(b2);
        body["validDurationInSeconds"] = seconds;

        var reply = await b2.CallAsync("b2_create_key", body);

        reply.Status.ShouldBe(accepted ? 200 : 400, reply.Text);
    }

    [Theory, Trait("Fact", "S55")]
    [InlineData("listKeys")]
    [InlineData("writeKeys")]
    [InlineData("deleteKeys")]
    [InlineData("writeBuckets")]
    [InlineData("deleteBuckets")]
    public async Task A_bucket_key_may_not_touch_keys_or_buckets(string capability)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var body = NewKey(b2);
        body["capabilities"] = B2Wire.Strings("listFiles", capability);

        await b2.OkAsync("b2_create_key", (JsonObject)body.DeepClone());
        body["bucketIds"] = B2Wire.Strings(bucketId);
        await b2.RefusedAsync("b2_create_key", body, 400, "bad_request");
    }

    [Fact, Trait("Fact", "S56")]
    public async Task An_unknown_bucket_is_refused()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var body = NewKey(b2);
        body["bucketIds"] = B2Wire.Strings(bucketId, "ffffffffffffffffffffffff");

        (await b2.CallAsync("b2_create_key", body)).ShouldBeRefused(400).Code.ShouldBeOneOf("bad_bucket_id", "bad_request");
    }

    [Fact]
    public async Task Another_accounts_bucket_is_refused()
    {
        var b2 = await NewAccountAsync();
        var (_, foreign) = await NewBucketAsync();
        var body = NewKey(b2);
        body["bucketIds"] = B2Wire.Strings(foreign);

        (await b2.CallAsync("b2_create_key", body)).Status.ShouldBeOneOf(400, 401);
    }

    [Fact, Trait("Fact", "S57")]
    public async Task Keys_are_paged_by_their_ids()
    {
        var b2 = await NewAccountAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(B2Wire.Text((await b2.OkAsync("b2_create_key", NewKey(b2)))["applicationKeyId"]));
        }

        ids.Sort(StringComparer.Ordinal);
        var paged = new List<string>();
        JsonNode? next = null;
        do
        {
            var page = await b2.OkAsync(
                "b2_list_keys",
                new()
                {
                    ["accountId"] = b2.AccountId,
                    ["maxKeyCount"] = 2,
                    ["startApplicationKeyId"] = next?.DeepClone(),
                }
            );
            page["keys"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(2);
            paged.AddRange(page["keys"]!.AsArray().Select(k => B2Wire.Text(k!["applicationKeyId"])));
            next = page["nextApplicationKeyId"];
        } while (next is not null);
        var fromThird = await b2.OkAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId, ["startApplicationKeyId"] = ids[2] });
        var fromBeyondThird = await b2.OkAsync(
            "b2_list_keys",
            new() { ["accountId"] = b2.AccountId, ["startApplicationKeyId"] = ids[2] + "0" }
        );

        paged.ShouldBe(ids);
        fromThird["keys"]!.AsArray().Count.ShouldBe(3);
        fromThird["nextApplicationKeyId"].ShouldBeNull();
        fromBeyondThird["keys"]!.AsArray().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public async Task A_page_of_keys_has_one_to_ten_thousand(int count)
    {
        var b2 = await NewAccountAsync();

        (await b2.CallAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId, ["maxKeyCount"] = count })).ShouldBeRefused(400);
    }

    [Fact, Trait("Fact", "S58"), Trait("Fact", "S59")]
    public async Task Before_v4_keys_to_several_buckets_do_not_exist()
    {
        var (b2, first) = await NewBucketAsync();
        var second = await b2.CreateBucketAsync();
        var single = await b2.CreateKeyAsync(["listFiles"], [first]);
        var several = await b2.CreateKeyAsync(["listFiles"], [first, second]);
        async Task<IEnumerable<string>> IdsAsync(string version) =>
            (await b2.As(version).OkAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId }))["keys"]!
                .AsArray()
                .Select(k => B2Wire.Text(k!["applicationKeyId"]));
        var severalId = B2Wire.Text(several["applicationKeyId"]);

        (await IdsAsync("v3")).ShouldBe([B2Wire.Text(single["applicationKeyId"])]);
        (await IdsAsync("v4")).ShouldBe([B2Wire.Text(single["applicationKeyId"]), severalId], ignoreOrder: true);
        await b2.As("v3").RefusedAsync("b2_delete_key", new() { ["applicationKeyId"] = severalId }, 400, "bad_request");
        await b2.OkAsync("b2_delete_key", new() { ["applicationKeyId"] = severalId });
    }

    [Fact, Trait("Fact", "S60")]
    public async Task An_unknown_key_cannot_be_deleted()
    {
        var b2 = await NewAccountAsync();
        var key = await b2.OkAsync("b2_create_key", NewKey(b2));
        var id = B2Wire.Text(key["applicationKeyId"]);

        await b2.OkAsync("b2_delete_key", new() { ["applicationKeyId"] = id });

        await b2.RefusedAsync("b2_delete_key", new() { ["applicationKeyId"] = id }, 400, "bad_request");
        await b2.RefusedAsync("b2_delete_key", new() { ["applicationKeyId"] = "nonsense" }, 400, "bad_request");
        (await B2Wire.TryAuthorizeAsync(Emulator.Url, id, B2Wire.Text(key["applicationKey"]))).ShouldBeRefused(401);
    }

    [Fact]
    public async Task The_master_key_is_not_listed_and_cannot_be_deleted()
    {
        var b2 = await NewAccountAsync();

        var keys = await b2.OkAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId });

        keys["keys"]!.AsArray().ShouldBeEmpty();
        keys["nextApplicationKeyId"].ShouldBeNull();
        await b2.RefusedAsync("b2_delete_key", new() { ["applicationKeyId"] = b2.KeyId }, 400);
        await b2.OkAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId });
    }

    private static JsonObject NewKey(B2Wire b2, string name = "a-key") =>
        new()
        {
            ["accountId"] = b2.AccountId,
            ["capabilities"] = B2Wire.Strings("listFiles"),
            ["keyName"] = name,
        };
}
