using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Emulator.Tests;

/// <summary>Webhooks that do not take what they are sent. Each test has an emulator and a clock of its own.</summary>
public sealed class NotificationFailureTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();
    private WebhookSink _sink = null!;
    private B2Emulator _emulator = null!;
    private B2Wire _b2 = null!;
    private string _bucketId = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sink = await WebhookSink.StartAsync();
        await StartAsync();
        _bucketId = await _b2.CreateBucketAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task What_is_not_taken_is_sent_again_later_and_in_order(int status)
    {
        await SetRuleAsync();
        _sink.Answer = _ => Task.FromResult(status);
        await _b2.UploadAsync(_bucketId, "a");
        await _emulator.SettleAsync(Cancelled);
        await _b2.UploadAsync(_bucketId, "b");

        await _emulator.Clock.AdvanceAsync(TimeSpan.FromSeconds(4), Cancelled);
        _sink.All.Count.ShouldBe(2);
        _sink.Answer = _ => Task.FromResult(200);
        await _emulator.Clock.AdvanceAsync(TimeSpan.FromSeconds(1), Cancelled);

        _sink.Lines.ShouldBe(["b2:TestEvent", "b2:ObjectCreated:Upload a", "b2:ObjectCreated:Upload a", "b2:ObjectCreated:Upload b"]);
        // Whoever gets something twice knows it by its id.
        _sink.All[1].Events[0]["eventId"]!
            .ToString()
            .ShouldBe(_sink.All[2].Events[0]["eventId"]!.ToString());
        (await RuleAsync())["isSuspended"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task The_waits_double_and_after_ten_failures_the_rule_is_suspended()
    {
        await SetRuleAsync();
        _sink.Answer = _ => Task.FromResult(503);
        await _b2.UploadAsync(_bucketId, "a");
        await _b2.UploadAsync(_bucketId, "b");
        await _emulator.SettleAsync(Cancelled);

        for (var (attempts, wait) = (1, TimeSpan.FromSeconds(5)); attempts < 10; attempts++, wait *= 2)
        {
            (await RuleAsync())["isSuspended"]!.GetValue<bool>().ShouldBeFalse();
            await _emulator.Clock.AdvanceAsync(wait - TimeSpan.FromSeconds(1), Cancelled);
            _sink.All.Count.ShouldBe(1 + attempts);
            await _emulator.Clock.AdvanceAsync(TimeSpan.FromSeconds(1), Cancelled);
            _sink.All.Count.ShouldBe(2 + attempts);
        }

        var rule = await RuleAsync();
        rule["isSuspended"]!.GetValue<bool>().ShouldBeTrue();
        rule["suspensionReason"]!
            .GetValue<string>()
            .ShouldBe("10 attempts in a row failed, and 2 events were dropped. At last, the webhook answered with the status 503.");
    }

    [Fact]
    public async Task A_suspended_rule_sends_nothing_until_it_is_set_again()
    {
        await SetRuleAsync();
        _sink.Answer = _ => Task.FromResult(500);
        await _b2.UploadAsync(_bucketId, "a");
        for (var i = 0; i < 11; i++)
        {
            await _emulator.Clock.AdvanceAsync(TimeSpan.FromHours(1), Cancelled);
        }
        _sink.Answer = _ => Task.FromResult(200);
        var before = _sink.All.Count;

        await _b2.UploadAsync(_bucketId, "b");
        await _emulator.SettleAsync(Cancelled);
        _sink.All.Count.ShouldBe(before);
        await SetRuleAsync();
        await _b2.UploadAsync(_bucketId, "c");
        await _emulator.SettleAsync(Cancelled);

        (await RuleAsync())["isSuspended"]!.GetValue<bool>().ShouldBeFalse();
        _sink.Lines.Skip(before).ShouldBe(["b2:TestEvent", "b2:ObjectCreated:Upload c"]);
    }

    [Fact]
    public async Task A_webhook_that_keeps_silent_is_given_up_after_ten_seconds()
    {
        await SetRuleAsync();
        var gate = new TaskCompletionSource();
        _sink.Answer = async context =>
        {
            await gate.Task.WaitAsync(context.RequestAborted);
            return 200;
        };
        await _b2.UploadAsync(_bucketId, "a");
        await _sink.NextAsync();
        await _sink.NextAsync();

        // Time goes on in the world outside, not by the emulator's clock alone.
        _clock.Advance(TimeSpan.FromSeconds(10));
        await _emulator.SettleAsync(Cancelled);
        gate.SetResult();
        _sink.Answer = _ => Task.FromResult(200);
        await _emulator.Clock.AdvanceAsync(TimeSpan.FromSeconds(10), Cancelled);

        _sink.Lines.ShouldBe(["b2:TestEvent", "b2:ObjectCreated:Upload a", "b2:ObjectCreated:Upload a"]);
    }

    [Fact]
    public async Task What_was_not_sent_is_sent_after_a_restart()
    {
        await SetRuleAsync();
        _sink.Answer = _ => Task.FromResult(500);
        await _b2.UploadAsync(_bucketId, "a");
        await _emulator.SettleAsync(Cancelled);
        await _emulator.DisposeAsync();
        _sink.Answer = _ => Task.FromResult(200);

        await StartAsync();
        await _emulator.Clock.AdvanceAsync(TimeSpan.FromSeconds(5), Cancelled);

        _sink.Lines.ShouldBe(["b2:TestEvent", "b2:ObjectCreated:Upload a", "b2:ObjectCreated:Upload a"]);
        _sink.All[2].Headers["X-Bz-Event-Notification-Signature"].ShouldBe(Delivery.Sign(NotificationTests.Secret, _sink.All[2].Body));
    }

    [Fact]
    public async Task What_a_webhook_is_sent_with_does_not_lie_in_the_folder_in_clear()
    {
        await SetRuleAsync();
        await _emulator.DisposeAsync();

        var files = Directory.EnumerateFiles(_folder.Data, "*", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();

        files.ShouldContain(file => file.Contains("rule-one", StringComparison.Ordinal));
        files.ShouldAllBe(file => !file.Contains(NotificationTests.Secret, StringComparison.Ordinal));
        files.ShouldAllBe(file => !file.Contains("header-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_of_a_rule_that_is_taken_away_are_not_sent()
    {
        await SetRuleAsync();
        await _emulator.SettleAsync(Cancelled);
        _sink.Answer = _ => Task.FromResult(500);
        await _b2.UploadAsync(_bucketId, "a");
        await _emulator.SettleAsync(Cancelled);
        await _b2.OkAsync(
            "b2_set_bucket_notification_rules",
            new() { ["bucketId"] = _bucketId, ["eventNotificationRules"] = new JsonArray() }
        );

        await _emulator.Clock.AdvanceAsync(TimeSpan.FromHours(1), Cancelled);

        _sink.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_failed_elsewhere_is_not_held_against_a_rule_that_was_led_to_another_webhook()
    {
        await using var other = await WebhookSink.StartAsync();
        await SetRuleAsync();
        await _sink.NextAsync();
        var gate = new TaskCompletionSource();
        _sink.Answer = async _ =>
        {
            await gate.Task;
            return 500;
        };
        await _b2.UploadAsync(_bucketId, "a");
        await _sink.NextAsync();

        await _b2.OkAsync(
            "b2_set_bucket_notification_rules",
            new() { ["bucketId"] = _bucketId, ["eventNotificationRules"] = new JsonArray(NotificationTests.NewRule(other, "rule-one")) }
        );
        gate.SetResult();
        await _emulator.SettleAsync(Cancelled);

        other.Lines.ShouldBe(["b2:ObjectCreated:Upload a", "b2:TestEvent"]);
    }

    [Fact]
    public async Task One_webhook_that_fails_does_not_hold_up_another()
    {
        await using var other = await WebhookSink.StartAsync();
        _sink.Answer = _ => Task.FromResult(500);
        var rules = new JsonArray(NotificationTests.NewRule(_sink, "rule-one", "a"), NotificationTests.NewRule(other, "rule-two", "b"));
        await _b2.OkAsync("b2_set_bucket_notification_rules", new() { ["bucketId"] = _bucketId, ["eventNotificationRules"] = rules });

        await _b2.UploadAsync(_bucketId, "a");
        await _b2.UploadAsync(_bucketId, "b");
        await _emulator.SettleAsync(Cancelled);

        other.Lines.ShouldBe(["b2:TestEvent", "b2:ObjectCreated:Upload b"]);
    }

    private async Task StartAsync()
    {
        _emulator = await B2Emulator.StartAsync(new() { TimeProvider = _clock, DataDirectory = _folder.Data }, Cancelled);
        _b2 = await B2Wire.AuthorizeAsync(_emulator.Url, _emulator.Account);
    }

    private async Task SetRuleAsync()
    {
        var rule = NotificationTests.NewRule(_sink, "rule-one");
        rule["targetConfiguration"]!["hmacSha256SigningSecret"] = NotificationTests.Secret;
        rule["targetConfiguration"]!["customHeaders"] = JsonNode.Parse("""[{"name":"Authorization","value":"header-secret"}]""");
        await NotificationTests.SetRulesAsync(_b2, _bucketId, rule);
        // The test event is out of the way before anything fails.
        await _emulator.SettleAsync(Cancelled);
    }

    private async Task<JsonObject> RuleAsync() =>
        (JsonObject)
            (await _b2.OkAsync("b2_get_bucket_notification_rules", new() { ["bucketId"] = _bucketId }))["eventNotificationRules"]![0]!;
}
