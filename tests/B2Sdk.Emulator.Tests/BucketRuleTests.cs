namespace B2Sdk.Emulator.Tests;

/// <summary>Lifecycle and CORS rules: which are taken, which are refused.</summary>
public sealed class BucketRuleTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string Cors = """
        {"corsRuleName":"rule-one","allowedOrigins":["https://example.com"],"allowedOperations":["b2_download_file_by_name"],
         "allowedHeaders":["range"],"exposeHeaders":null,"maxAgeSeconds":3600}
        """;

    [Theory, Trait("Fact", "S89")]
    [InlineData("""[{"fileNamePrefix":"","daysFromHidingToDeleting":1}]""", true)]
    [InlineData("""[{"fileNamePrefix":"","daysFromUploadingToHiding":1}]""", true)]
    [InlineData("""[{"fileNamePrefix":"","daysFromStartingToCancelingUnfinishedLargeFiles":1}]""", true)]
    [InlineData("""[{"fileNamePrefix":"a/","daysFromHidingToDeleting":1},{"fileNamePrefix":"b/","daysFromHidingToDeleting":1}]""", true)]
    [InlineData("""[{"fileNamePrefix":"","daysFromHidingToDeleting":0}]""", false)]
    [InlineData("""[{"fileNamePrefix":"","daysFromHidingToDeleting":-1}]""", false)]
    [InlineData("""[{"fileNamePrefix":"","daysFromUploadingToHiding":0,"daysFromHidingToDeleting":1}]""", false)]
    [InlineData("""[{"fileNamePrefix":"","daysFromStartingToCancelingUnfinishedLargeFiles":0}]""", false)]
    [InlineData("""[{"fileNamePrefix":""}]""", false)]
    [InlineData("""[{"fileNamePrefix":"","daysFromHidingToDeleting":null,"daysFromUploadingToHiding":null}]""", false)]
    [InlineData("""[{"daysFromHidingToDeleting":1}]""", false)]
    [InlineData("""[{"fileNamePrefix":"a","daysFromHidingToDeleting":1},{"fileNamePrefix":"ab","daysFromHidingToDeleting":1}]""", false)]
    [InlineData("""[{"fileNamePrefix":"a","daysFromHidingToDeleting":1},{"fileNamePrefix":"","daysFromHidingToDeleting":1}]""", false)]
    [InlineData("""[{"fileNamePrefix":"a","daysFromHidingToDeleting":1},{"fileNamePrefix":"a","daysFromHidingToDeleting":1}]""", false)]
    public async Task Lifecycle_rules_are_checked(string rules, bool accepted)
    {
        var reply = await UpdateAsync("lifecycleRules", JsonNode.Parse(rules)!);

        if (accepted)
        {
            var stored = reply.ShouldBeOk().Json["lifecycleRules"]![0]!.AsObject();
            stored
                .Select(m => m.Key)
                .ShouldBe([
                    "daysFromHidingToDeleting",
                    "daysFromStartingToCancelingUnfinishedLargeFiles",
                    "daysFromUploadingToHiding",
                    "fileNamePrefix",
                ]);
        }
        else
        {
            reply.ShouldBeRefused(400, "bad_request");
        }
    }

    [Theory, Trait("Fact", "S89")]
    [InlineData(100, 200)]
    [InlineData(101, 400)]
    public async Task There_are_at_most_a_hundred_lifecycle_rules(int count, int status)
    {
        var rules = new JsonArray([
            .. Enumerable
                .Range(0, count)
                .Select(i => new JsonObject { ["fileNamePrefix"] = $"{i:000}/", ["daysFromHidingToDeleting"] = 1 }),
        ]);

        (await UpdateAsync("lifecycleRules", rules)).Status.ShouldBe(status);
    }

    [Theory, Trait("Fact", "S90"), Trait("Fact", "S91")]
    [InlineData("maxAgeSeconds", "0", true)]
    [InlineData("maxAgeSeconds", "86400", true)]
    [InlineData("maxAgeSeconds", "-1", false)]
    [InlineData("maxAgeSeconds", "86401", false)]
    [InlineData("allowedOrigins", """["*"]""", true)]
    [InlineData("allowedOrigins", """["https://*"]""", true)]
    [InlineData("allowedOrigins", """["https://*.example.com:8080","http://localhost"]""", true)]
    [InlineData("allowedOrigins", "[]", false)]
    [InlineData("allowedOrigins", """[""]""", false)]
    [InlineData("allowedOrigins", """["https://*.*.example.com"]""", false)]
    [InlineData("allowedOrigins", """["http://www.example.com","https"]""", true)]
    [InlineData("allowedOrigins", """["http://127.0.0.1:8180","http://[::1]:8180","app://localhost"]""", true)]
    [InlineData("allowedOrigins", """["*","https://www.example.com"]""", false)]
    [InlineData("allowedOrigins", """["https","https"]""", false)]
    [InlineData("allowedOrigins", """["https","https://www.example.com"]""", false)]
    [InlineData("allowedOrigins", """["www.example.com"]""", false)]
    [InlineData("allowedOrigins", """["http"]""", false)]
    [InlineData("allowedOrigins", """["null"]""", false)]
    [InlineData("allowedOrigins", """["https://"]""", false)]
    [InlineData("allowedOrigins", """["https://www.example.com/"]""", false)]
    [InlineData("allowedOrigins", """["https://www.example.com:*"]""", true)]
    [InlineData("allowedOrigins", """["https://*.example.com:*"]""", false)]
    [InlineData("allowedOrigins", """["https://www.example.com:65536"]""", false)]
    [InlineData("allowedOrigins", """["*://www.example.com"]""", false)]
    [InlineData("allowedOperations", "[]", false)]
    [InlineData("allowedOperations", """["b2_delete_everything"]""", false)]
    [InlineData("allowedOperations", """["b2_download_file_by_id","b2_upload_file","b2_upload_part","s3_delete","s3_get"]""", true)]
    [InlineData("allowedOperations", """["s3_head","s3_post","s3_put"]""", true)]
    [InlineData("allowedHeaders", "null", true)]
    [InlineData("allowedHeaders", """["*"]""", true)]
    [InlineData("allowedHeaders", """["x-bz-*"]""", true)]
    [InlineData("allowedHeaders", """["*","range"]""", false)]
    [InlineData("allowedHeaders", """["x-*-sha1"]""", false)]
    [InlineData("allowedHeaders", """["x bz"]""", false)]
    [InlineData("allowedHeaders", """[""]""", false)]
    [InlineData("exposeHeaders", """["x-bz-content-sha1"]""", true)]
    [InlineData("exposeHeaders", """["x-bz-*"]""", false)]
    [InlineData("exposeHeaders", """["*"]""", false)]
    [InlineData("exposeHeaders", """[""]""", false)]
    [InlineData("corsRuleName", "\"short\"", false)]
    [InlineData("corsRuleName", "\"b2-rule-one\"", false)]
    [InlineData("corsRuleName", "\"under_score\"", false)]
    public async Task Cors_rules_are_checked(string field, string value, bool accepted)
    {
        var rule = (JsonObject)JsonNode.Parse(Cors)!;
        rule[field] = JsonNode.Parse(value);

        var reply = await UpdateAsync("corsRules", new JsonArray(rule));

        if (accepted)
        {
            var stored = reply.ShouldBeOk().Json["corsRules"]![0]!;
            (stored[field]?.ToJsonString() ?? "null").ShouldBe(JsonNode.Parse(value)?.ToJsonString() ?? "null");
        }
        else
        {
            reply.ShouldBeRefused(400, "bad_request");
        }
    }

    [Theory, Trait("Fact", "S90")]
    [InlineData(100, 200)]
    [InlineData(101, 400)]
    public async Task There_are_at_most_a_hundred_cors_rules(int count, int status)
    {
        var rules = new JsonArray([.. Enumerable.Range(0, count).Select(i => Rule($"rule-{i:000}"))]);

        (await UpdateAsync("corsRules", rules)).Status.ShouldBe(status);
    }

    [Fact, Trait("Fact", "S90")]
    public async Task Two_cors_rules_cannot_share_a_name()
    {
        (await UpdateAsync("corsRules", new JsonArray(Rule("rule-one"), Rule("rule-one")))).ShouldBeRefused(400, "bad_request");
    }

    [Fact, Trait("Fact", "S90")]
    public async Task A_cors_rule_has_less_than_a_thousand_bytes()
    {
        var rule = Rule("rule-one");
        rule["allowedOrigins"] = B2Wire.Strings(Enumerable.Range(0, 60).Select(i => $"https://host{i:000}.example"));

        (await UpdateAsync("corsRules", new JsonArray(rule))).ShouldBeRefused(400, "bad_request");
    }

    [Fact]
    public async Task A_bucket_with_bad_rules_is_not_made()
    {
        var b2 = await NewAccountAsync();

        await b2.RefusedAsync(
            "b2_create_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketName"] = NewBucketName(),
                ["bucketType"] = "allPrivate",
                ["lifecycleRules"] = JsonNode.Parse("""[{"fileNamePrefix":""}]"""),
            },
            400,
            "bad_request"
        );

        (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray().ShouldBeEmpty();
    }

    private static JsonObject Rule(string name)
    {
        var rule = (JsonObject)JsonNode.Parse(Cors)!;
        rule["corsRuleName"] = name;
        return rule;
    }

    private async Task<WireReply> UpdateAsync(string field, JsonNode value)
    {
        var (b2, bucketId) = await NewBucketAsync();
        return await b2.CallAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                [field] = value,
            }
        );
    }
}
