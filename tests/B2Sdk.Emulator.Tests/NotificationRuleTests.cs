namespace B2Sdk.Emulator.Tests;

/// <summary>Notification rules: which are taken, which are refused, and how they are told again.</summary>
public sealed class NotificationRuleTests(EmulatorFixture fixture) : EmulatorTest(fixture, needsSteadiness: true)
{
    private const string Secret = "0123456789abcdefghijABCDEFGHIJ01";

    [Fact, Trait("Fact", "S203")]
    public async Task Rules_are_told_in_the_order_of_their_names_and_replace_each_other()
    {
        var (b2, bucketId) = await NewBucketAsync();

        await SetAsync(b2, bucketId, Rule("rule-b", prefix: "b"), Rule("rule-a", prefix: "a"), Rule("rule-B", prefix: "c"));
        var first = await GetAsync(b2, bucketId);
        var second = await SetAsync(b2, bucketId, Rule("rule-c"));
        var cleared = await SetAsync(b2, bucketId);

        first.Select(Name).ShouldBe(["rule-B", "rule-a", "rule-b"]);
        second.Select(Name).ShouldBe(["rule-c"]);
        cleared.ShouldBeEmpty();
        (await GetAsync(b2, bucketId)).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S204"), Trait("Fact", "S205")]
    public async Task What_is_not_given_has_its_default_and_suspension_is_not_for_clients_to_say()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var rule = Rule("rule-one");
        rule["isSuspended"] = true;
        rule["suspensionReason"] = "because";

        var stored = (await SetAsync(b2, bucketId, rule)).Single();

        stored["isSuspended"]!.GetValue<bool>().ShouldBeFalse();
        stored["suspensionReason"]!.GetValue<string>().ShouldBe("");
        stored["maxEventsPerBatch"]!.GetValue<int>().ShouldBe(1);
        stored["targetConfiguration"]!["customHeaders"].ShouldBeNull();
        stored["targetConfiguration"]!["hmacSha256SigningSecret"].ShouldBeNull();
    }

    [Fact, Trait("Fact", "S205")]
    public async Task An_empty_list_of_custom_headers_stays_one()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var stored = (await SetAsync(b2, bucketId, With("targetConfiguration.customHeaders", "[]"))).Single();

        stored["targetConfiguration"]!["customHeaders"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_given_is_told_again()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var rule = Rule("rule-one", types: ["b2:ObjectDeleted:Delete", "b2:ObjectCreated:*"]);
        rule["objectNamePrefix"] = "föö\"/";
        rule["targetConfiguration"]!["hmacSha256SigningSecret"] = Secret;
        rule["targetConfiguration"]!["customHeaders"] = JsonNode.Parse(
            """[{"name":"X-One","value":"ä"},{"name":"Authorization","value":"b"}]"""
        );
        rule["targetConfiguration"]!["maxEventsPerBatch"] = 7;

        var stored = (await SetAsync(b2, bucketId, rule)).Single();

        stored["eventTypes"]!.ToJsonString().ShouldBe(rule["eventTypes"]!.ToJsonString());
        stored["objectNamePrefix"]!.GetValue<string>().ShouldBe("föö\"/");
        stored["maxEventsPerBatch"]!.GetValue<int>().ShouldBe(7);
        var target = stored["targetConfiguration"]!;
        target["hmacSha256SigningSecret"]!.GetValue<string>().ShouldBe(Secret);
        JsonNode.DeepEquals(target["customHeaders"], rule["targetConfiguration"]!["customHeaders"]).ShouldBeTrue();
        (await GetAsync(b2, bucketId)).Single().ToJsonString().ShouldBe(stored.ToJsonString());
    }

    [Theory, Trait("Fact", "S206")]
    [InlineData("eventTypes", "[]", "event_types_empty")]
    [InlineData("eventTypes", """["b2:ObjectMoved:*"]""", "event_type_invalid")]
    [InlineData("eventTypes", """["b2:TestEvent"]""", "event_type_invalid")]
    [InlineData("eventTypes", """["b2:ObjectDeleted:*","without a colon"]""", "event_type_invalid")]
    [InlineData("eventTypes", """["b2:ObjectCreated:*","b2:ObjectCreated:Copy"]""", "event_type_overlap")]
    [InlineData("eventTypes", """["b2:ObjectCreated:Copy","b2:ObjectCreated:Copy"]""", "event_type_overlap")]
    [InlineData("eventTypes", "null", "bad_request")]
    [InlineData("eventTypes", "\"b2:ObjectCreated:*\"", "bad_request")]
    [InlineData("name", "\"short\"", "bad_request")]
    [InlineData("name", "\"b2-rule-one\"", "bad_request")]
    [InlineData("name", "\"under_score\"", "bad_request")]
    [InlineData("name", "null", "bad_request")]
    [InlineData("isEnabled", "null", "bad_request")]
    [InlineData("isEnabled", "1", "bad_request")]
    [InlineData("objectNamePrefix", "null", "bad_request")]
    [InlineData("maxEventsPerBatch", "0", "bad_request")]
    [InlineData("maxEventsPerBatch", "51", "bad_request")]
    [InlineData("maxEventsPerBatch", "1.5", "bad_request")]
    [InlineData("targetConfiguration", "null", "bad_request")]
    [InlineData("targetConfiguration", "\"x\"", "bad_request")]
    [InlineData("targetConfiguration.targetType", "\"queue\"", "bad_request")]
    [InlineData("targetConfiguration.targetType", "null", "bad_request")]
    [InlineData("targetConfiguration.url", "null", "bad_request")]
    [InlineData("targetConfiguration.url", "\"http://hooks.example/\"", "bad_request")]
    [InlineData("targetConfiguration.url", "\"ftp://127.0.0.1/\"", "bad_request")]
    [InlineData("targetConfiguration.url", "\"https://me:secret@hooks.example/\"", "bad_request")]
    [InlineData("targetConfiguration.url", "\"/relative\"", "bad_request")]
    [InlineData("targetConfiguration.hmacSha256SigningSecret", "\"too-short\"", "bad_request")]
    [InlineData("targetConfiguration.hmacSha256SigningSecret", "\"0123456789abcdefghijABCDEFGHIJ0-\"", "bad_request")]
    [InlineData("targetConfiguration.customHeaders", """[{"name":"X-Bz-Mine","value":"a"}]""", "bad_request")]
    [InlineData("targetConfiguration.customHeaders", """[{"name":"Host","value":"a"}]""", "bad_request")]
    [InlineData("targetConfiguration.customHeaders", """[{"name":"X One","value":"a"}]""", "bad_request")]
    [InlineData("targetConfiguration.customHeaders", """[{"name":"X-One","value":"a\r\nb"}]""", "bad_request")]
    [InlineData("targetConfiguration.customHeaders", """[{"name":"X-One"}]""", "bad_request")]
    [InlineData("targetConfiguration.customHeaders", """[{"name":"X-One","value":"a"},{"name":"x-one","value":"b"}]""", "bad_request")]
    public async Task A_bad_rule_is_refused_and_changes_nothing(string path, string value, string code)
    {
        var (b2, bucketId) = await NewBucketAsync();
        await SetAsync(b2, bucketId, Rule("rule-old"));

        await RefusedAsync(b2, bucketId, code, With(path, value));

        (await GetAsync(b2, bucketId)).Select(Name).ShouldBe(["rule-old"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/hook")]
    [InlineData("http://localhost/hook")]
    [InlineData("http://[::1]:9/hook")]
    [InlineData("https://hooks.example/x?token=abc")]
    public async Task Webhooks_are_reached_by_https_or_on_this_machine(string url)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var stored = (await SetAsync(b2, bucketId, With("targetConfiguration.url", $"\"{url}\""))).Single();

        stored["targetConfiguration"]!["url"]!.GetValue<string>().ShouldBe(url);
    }

    [Theory, Trait("Fact", "S206")]
    [InlineData(25, true)]
    [InlineData(26, false)]
    public async Task There_are_at_most_25_rules(int count, bool accepted)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await TrySetAsync(b2, bucketId, [.. Enumerable.Range(0, count).Select(i => Rule($"rule-{i}", prefix: $"{i:00}/"))]);

        reply.Status.ShouldBe(accepted ? 200 : 400);
    }

    [Theory, Trait("Fact", "S206")]
    [InlineData("a", "b2:ObjectCreated:*", "b", "b2:ObjectCreated:*", true)]
    [InlineData("a", "b2:ObjectCreated:*", "ab", "b2:ObjectDeleted:*", true)]
    [InlineData("a", "b2:ObjectCreated:Copy", "ab", "b2:ObjectCreated:Upload", true)]
    [InlineData("a", "b2:ObjectCreated:*", "ab", "b2:ObjectCreated:Upload", false)]
    [InlineData("ab", "b2:ObjectCreated:Upload", "a", "b2:ObjectCreated:Upload", false)]
    [InlineData("", "b2:HideMarkerCreated:Hide", "x", "b2:HideMarkerCreated:*", false)]
    public async Task Two_rules_cannot_be_for_the_same_event(string one, string oneType, string other, string otherType, bool accepted)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await TrySetAsync(b2, bucketId, Rule("rule-one", one, oneType), Rule("rule-two", other, otherType));

        if (accepted)
        {
            reply.ShouldBeOk();
        }
        else
        {
            reply.ShouldBeRefused(400, "event_type_overlap");
        }
    }

    [Fact]
    public async Task Two_rules_cannot_share_a_name()
    {
        var (b2, bucketId) = await NewBucketAsync();

        await RefusedAsync(b2, bucketId, "bad_request", Rule("rule-one", "a"), Rule("rule-one", "b"));
    }

    [Theory]
    [InlineData(10, 190, true)]
    [InlineData(11, 10, false)]
    [InlineData(10, 196, false)]
    public async Task Custom_headers_are_few_and_short(int count, int length, bool accepted)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var headers = Enumerable.Range(0, count).Select(i => $$"""{"name":"X-Head-{{i:00}}","value":"{{new string('v', length)}}"}""");

        var reply = await TrySetAsync(b2, bucketId, With("targetConfiguration.customHeaders", $"[{string.Join(',', headers)}]"));

        reply.Status.ShouldBe(accepted ? 200 : 400);
    }

    [Fact]
    public async Task Reading_and_writing_need_their_capabilities()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var other = await b2.CreateBucketAsync();
        var reader = await b2.WithKeyAsync(["readBucketNotifications"], [bucketId]);
        var writer = await b2.WithKeyAsync(["writeBucketNotifications"], [bucketId]);

        await SetAsync(writer, bucketId, Rule("rule-one"));
        (await GetAsync(reader, bucketId)).Count.ShouldBe(1);

        await writer.RefusedAsync("b2_get_bucket_notification_rules", new() { ["bucketId"] = bucketId }, 401, "unauthorized");
        (await TrySetAsync(reader, bucketId, Rule("rule-one"))).ShouldBeRefused(401, "unauthorized");
        await reader.RefusedAsync("b2_get_bucket_notification_rules", new() { ["bucketId"] = other }, 401, "unauthorized");
        (await TrySetAsync(writer, other, Rule("rule-one"))).ShouldBeRefused(401, "unauthorized");
    }

    [Fact]
    public async Task An_unknown_bucket_has_no_rules()
    {
        var b2 = await NewAccountAsync();
        const string Unknown = "ffffffffffffffffffffffff";

        await b2.RefusedAsync("b2_get_bucket_notification_rules", new() { ["bucketId"] = Unknown }, 400, "bad_bucket_id");
        (await TrySetAsync(b2, Unknown)).ShouldBeRefused(400, "bad_bucket_id");
        await b2.RefusedAsync("b2_set_bucket_notification_rules", new() { ["bucketId"] = Unknown }, 400, "bad_request");
    }

    [Fact]
    public async Task Rules_can_be_read_by_a_query_and_leave_the_revision_alone()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var revision = (await b2.BucketAsync(bucketId))["revision"]!.GetValue<int>();
        await SetAsync(b2, bucketId, Rule("rule-one"));

        var reply = await b2.GetAsync("b2_get_bucket_notification_rules", [("bucketId", bucketId)]);

        reply.ShouldBeOk().Json["eventNotificationRules"]!.AsArray().Count.ShouldBe(1);
        (await b2.BucketAsync(bucketId))["revision"]!.GetValue<int>().ShouldBe(revision);
    }

    [Fact]
    public async Task A_bucket_with_rules_can_be_deleted()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await SetAsync(b2, bucketId, Rule("rule-one"));

        await b2.OkAsync("b2_delete_bucket", new() { ["accountId"] = b2.AccountId, ["bucketId"] = bucketId });

        await b2.RefusedAsync("b2_get_bucket_notification_rules", new() { ["bucketId"] = bucketId }, 400, "bad_bucket_id");
    }

    /// <summary>A rule that sends nothing, as it is not enabled.</summary>
    private static JsonObject Rule(string name, string prefix = "", params string[] types) =>
        new()
        {
            ["name"] = name,
            ["eventTypes"] = B2Wire.Strings(types.Length > 0 ? types : ["b2:ObjectCreated:*"]),
            ["isEnabled"] = false,
            ["objectNamePrefix"] = prefix,
            ["targetConfiguration"] = new JsonObject { ["targetType"] = "webhook", ["url"] = "https://hooks.example/" },
        };

    private static JsonObject With(string path, string value)
    {
        var rule = Rule("rule-one");
        var (parent, name) = path.Split('.') is [var outer, var inner] ? (rule[outer]!, inner) : (rule, path);
        parent[name] = JsonNode.Parse(value);
        return rule;
    }

    private static string Name(JsonObject rule) => B2Wire.Text(rule["name"]);

    private static Task<WireReply> TrySetAsync(B2Wire b2, string bucketId, params JsonNode[] rules) =>
        b2.CallAsync(
            "b2_set_bucket_notification_rules",
            new() { ["bucketId"] = bucketId, ["eventNotificationRules"] = new JsonArray(rules) }
        );

    private static async Task<List<JsonObject>> SetAsync(B2Wire b2, string bucketId, params JsonNode[] rules) =>
        Rules((await TrySetAsync(b2, bucketId, rules)).ShouldBeOk().Json);

    private static async Task<List<JsonObject>> GetAsync(B2Wire b2, string bucketId) =>
        Rules(await b2.OkAsync("b2_get_bucket_notification_rules", new() { ["bucketId"] = bucketId }));

    private static async Task RefusedAsync(B2Wire b2, string bucketId, string code, params JsonNode[] rules) =>
        (await TrySetAsync(b2, bucketId, rules)).ShouldBeRefused(400, code);

    private static List<JsonObject> Rules(JsonObject answer) =>
        [.. answer["eventNotificationRules"]!.AsArray().Select(rule => (JsonObject)rule!)];
}
