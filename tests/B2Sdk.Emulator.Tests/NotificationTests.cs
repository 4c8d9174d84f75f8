using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Emulator.Tests;

/// <summary>What webhooks get of what happens in a bucket.</summary>
public sealed class NotificationTests(EmulatorFixture fixture) : EmulatorTest(fixture, needsSteadiness: true), IAsyncLifetime
{
    internal const string Secret = "0123456789abcdefghijABCDEFGHIJ01";
    private static readonly string[] Everything = ["b2:ObjectCreated:*", "b2:ObjectDeleted:*", "b2:HideMarkerCreated:*"];
    private WebhookSink _sink = null!;

    public async ValueTask InitializeAsync() => _sink = await WebhookSink.StartAsync();

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    [Fact, Trait("Fact", "S208")]
    public async Task An_event_tells_all_about_what_happened()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await SetRulesAsync(b2, bucketId, Rule("new-photos", prefix: "photos/"));
        (await _sink.NextAsync()).Json.ShouldHaveShapeOf("notification", "request.test");

        var file = await b2.UploadAsync(bucketId, "photos/cät.jpg");
        var delivery = await _sink.NextAsync();

        delivery.Method.ShouldBe("POST");
        delivery.Headers["Content-Type"].ShouldBe("application/json");
        delivery.Json.ShouldHaveShapeOf("notification", "request");
        var told = delivery.Events.Single();
        told["accountId"]!.GetValue<string>().ShouldBe(b2.AccountId);
        told["bucketId"]!.GetValue<string>().ShouldBe(bucketId);
        told["bucketName"]!.GetValue<string>().ShouldBe(B2Wire.Text((await b2.BucketAsync(bucketId))["bucketName"]));
        told["eventType"]!.GetValue<string>().ShouldBe("b2:ObjectCreated:Upload");
        told["eventVersion"]!.GetValue<int>().ShouldBe(1);
        told["matchedRuleName"]!.GetValue<string>().ShouldBe("new-photos");
        told["objectName"]!.GetValue<string>().ShouldBe("photos/cät.jpg");
        told["objectSize"]!.GetValue<int>().ShouldBe(5);
        told["objectVersionId"]!.GetValue<string>().ShouldBe(B2Wire.IdOf(file));
        told["eventTimestamp"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(file["uploadTimestamp"]!.GetValue<long>());
    }

    [Fact, Trait("Fact", "S207")]
    public async Task A_delivery_is_signed_and_carries_the_headers_that_were_asked_for()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var rule = Rule("rule-one");
        rule["targetConfiguration"]!["hmacSha256SigningSecret"] = Secret;
        rule["targetConfiguration"]!["customHeaders"] = JsonNode.Parse(
            """[{"name":"Authorization","value":"Bearer x"},{"name":"User-Agent","value":"mine"},{"name":"Content-Language","value":"de"}]"""
        );
        await SetRulesAsync(b2, bucketId, rule);

        var delivery = await _sink.NextAsync();

        delivery.Headers["X-Bz-Event-Notification-Signature"].ShouldBe(Delivery.Sign(Secret, delivery.Body));
        delivery.Headers["Authorization"].ShouldBe("Bearer x");
        delivery.Headers["User-Agent"].ShouldBe("mine");
        delivery.Headers["Content-Language"].ShouldBe("de");
    }

    [Fact, Trait("Fact", "S207")]
    public async Task Without_a_secret_nothing_is_signed()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await SetRulesAsync(b2, bucketId, Rule("rule-one"));

        (await _sink.NextAsync()).Headers.Keys.ShouldNotContain("X-Bz-Event-Notification-Signature");
    }

    [Fact]
    public async Task A_webhook_on_this_machine_may_have_made_its_certificate_itself()
    {
        await using var sink = await WebhookSink.StartAsync(withCertificate: true);
        sink.Url.ShouldStartWith("https://");
        var (b2, bucketId) = await NewBucketAsync();

        await SetRulesAsync(b2, bucketId, NewRule(sink, "rule-one"));

        (await sink.NextAsync()).Lines.ShouldBe(["b2:TestEvent"]);
    }

    [Fact]
    public async Task Everything_that_happens_to_files_is_told_in_order()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await SetRulesAsync(b2, bucketId, Rule("rule-one", types: Everything));

        var upload = await b2.UploadAsync(bucketId, "a");
        await b2.OkAsync("b2_copy_file", new() { ["sourceFileId"] = B2Wire.IdOf(upload), ["fileName"] = "b" });
        await b2.UploadLargeFileAsync(bucketId, "c", B2Wire.Bytes(100, 1), [2]);
        var marker = await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "a" });
        await DeleteAsync(b2, marker);
        await DeleteAsync(b2, upload);
        var unfinished = await b2.StartLargeFileAsync(bucketId, "d");
        await b2.OkAsync("b2_cancel_large_file", new() { ["fileId"] = unfinished });
        await b2.UploadAsync(bucketId, "e");

        await SettleAsync();
        _sink.Lines.ShouldBe([
            "b2:TestEvent",
            "b2:ObjectCreated:Upload a",
            "b2:ObjectCreated:Copy b",
            "b2:ObjectCreated:MultipartUpload c",
            "b2:HideMarkerCreated:Hide a",
            "b2:ObjectDeleted:Delete a",
            "b2:ObjectDeleted:Delete a",
            "b2:ObjectCreated:Upload e",
        ]);
        _sink.All[4].Json.ShouldHaveShapeOf("notification", "request.hide");
        _sink.All[3].Events[0]["objectSize"]!.GetValue<int>().ShouldBe(101);
        _sink.All.SelectMany(delivery => delivery.Events).Select(item => B2Wire.Text(item["eventId"])).Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public async Task A_rule_gets_only_what_it_asks_for()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await SetRulesAsync(b2, bucketId, Rule("rule-one", prefix: "a/", types: ["b2:ObjectCreated:Copy", "b2:ObjectDeleted:*"]));

        var file = await b2.UploadAsync(bucketId, "a/1");
        await b2.OkAsync("b2_copy_file", new() { ["sourceFileId"] = B2Wire.IdOf(file), ["fileName"] = "b/1" });
        await b2.OkAsync("b2_copy_file", new() { ["sourceFileId"] = B2Wire.IdOf(file), ["fileName"] = "a/2" });
        await DeleteAsync(b2, file);

        await SettleAsync();
        _sink.Lines.ShouldBe(["b2:TestEvent", "b2:ObjectCreated:Copy a/2", "b2:ObjectDeleted:Delete a/1"]);
    }

    [Fact]
    public async Task A_rule_that_is_not_enabled_sends_nothing_until_it_is()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var rule = Rule("rule-one");
        rule["isEnabled"] = false;
        await SetRulesAsync(b2, bucketId, rule);
        await b2.UploadAsync(bucketId, "a");

        rule["isEnabled"] = true;
        await SetRulesAsync(b2, bucketId, rule);
        await SetRulesAsync(b2, bucketId, rule);
        await b2.UploadAsync(bucketId, "b");

        await SettleAsync();
        // To set again what is set already is no beginning.
        _sink.Lines.ShouldBe(["b2:TestEvent", "b2:ObjectCreated:Upload b"]);
    }

    [Fact]
    public async Task Events_that_wait_come_together()
    {
        await using var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();
        var rule = Rule("rule-one");
        rule["maxEventsPerBatch"] = 3;
        var gate = new TaskCompletionSource();
        _sink.Answer = async _ =>
        {
            await gate.Task;
            return 204;
        };
        await SetRulesAsync(b2, bucketId, rule);
        (await _sink.NextAsync()).Events.Count.ShouldBe(1);

        for (var i = 0; i < 7; i++)
        {
            await b2.UploadAsync(bucketId, $"{i}");
        }
        gate.SetResult();
        await emulator.SettleAsync(Cancelled);

        _sink.All.Select(delivery => delivery.Events.Count).ShouldBe([1, 3, 3, 1]);
        _sink.Lines.Skip(1).ShouldBe(Enumerable.Range(0, 7).Select(i => $"b2:ObjectCreated:Upload {i}"));
    }

    [Fact]
    public async Task What_lifecycle_rules_do_is_told()
    {
        var clock = new FakeTimeProvider(new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero));
        await using var emulator = await B2Emulator.StartAsync(new() { TimeProvider = clock }, Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();
        await SetRulesAsync(b2, bucketId, Rule("rule-one", types: Everything));
        await b2.OkAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["lifecycleRules"] = JsonNode.Parse(
                    """[{"fileNamePrefix":"","daysFromUploadingToHiding":1,"daysFromHidingToDeleting":1}]"""
                ),
            }
        );
        await b2.UploadAsync(bucketId, "a");

        await emulator.Clock.AdvanceAsync(TimeSpan.FromDays(1), Cancelled);
        await emulator.Clock.AdvanceAsync(TimeSpan.FromDays(1), Cancelled);

        _sink.Lines.ShouldBe([
            "b2:TestEvent",
            "b2:ObjectCreated:Upload a",
            "b2:HideMarkerCreated:LifecycleRule a",
            "b2:ObjectDeleted:LifecycleRule a",
            "b2:ObjectDeleted:LifecycleRule a",
        ]);
    }

    private JsonObject Rule(string name, string prefix = "", params string[] types) => NewRule(_sink, name, prefix, types);

    internal static JsonObject NewRule(WebhookSink sink, string name, string prefix = "", params string[] types) =>
        new()
        {
            ["name"] = name,
            ["eventTypes"] = B2Wire.Strings(types.Length > 0 ? types : ["b2:ObjectCreated:*"]),
            ["isEnabled"] = true,
            ["objectNamePrefix"] = prefix,
            ["targetConfiguration"] = new JsonObject { ["targetType"] = "webhook", ["url"] = sink.Url },
        };

    internal static Task<JsonObject> SetRulesAsync(B2Wire b2, string bucketId, JsonObject rule) =>
        b2.OkAsync(
            "b2_set_bucket_notification_rules",
            new() { ["bucketId"] = bucketId, ["eventNotificationRules"] = new JsonArray(rule.DeepClone()) }
        );

    private static Task<JsonObject> DeleteAsync(B2Wire b2, JsonObject file) =>
        b2.OkAsync(
            "b2_delete_file_version",
            new() { ["fileName"] = file["fileName"]!.DeepClone(), ["fileId"] = file["fileId"]!.DeepClone() }
        );
}
