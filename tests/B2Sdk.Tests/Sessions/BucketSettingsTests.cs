namespace B2Sdk.Tests.Sessions;

/// <summary>A setting that is none is refused with a sentence that names it, its value and the limit, and nothing is sent.</summary>
public sealed class BucketSettingsTests
{
    private static readonly CorsRule Cors = new()
    {
        CorsRuleName = "downloads",
        AllowedOrigins = ["*"],
        AllowedOperations = [CorsOperation.DownloadFileByName],
    };

    private static readonly NotificationRule Notification = new()
    {
        Name = "tell-me",
        EventTypes = [NotificationEventType.ObjectCreatedAll],
        TargetConfiguration = new() { Url = new("https://hooks.example/") },
    };

    public static TheoryData<string, BucketUpdate, string> Wrong =>
        new()
        {
            {
                "nothing",
                new() { IfRevisionIs = 3 },
                "changes nothing"
            },
            {
                "a short CORS name",
                new() { CorsRules = [Cors with { CorsRuleName = "short" }] },
                "'short'"
            },
            {
                "a reserved CORS name",
                new() { CorsRules = [Cors with { CorsRuleName = "b2-rule" }] },
                "'b2-'"
            },
            {
                "a CORS name twice",
                new() { CorsRules = [Cors, Cors] },
                "'downloads'"
            },
            {
                "no origin",
                new() { CorsRules = [Cors with { AllowedOrigins = [] }] },
                "no origin"
            },
            {
                "no operation",
                new() { CorsRules = [Cors with { AllowedOperations = [] }] },
                "no operation"
            },
            {
                "an age",
                new() { CorsRules = [Cors with { MaxAge = TimeSpan.FromSeconds(86_401) }] },
                "86401"
            },
            {
                "a part of a second",
                new() { CorsRules = [Cors with { MaxAge = TimeSpan.FromSeconds(1.5) }] },
                "1.5 seconds"
            },
            {
                "a long rule",
                new() { CorsRules = [Cors with { AllowedOrigins = [new string('x', 1000)] }] },
                "fewer than 1000"
            },
            {
                "101 rules",
                new() { CorsRules = [.. Enumerable.Repeat(Cors, 101)] },
                "There are 101 CORS rules; B2 allows 100"
            },
            {
                "no days",
                new() { LifecycleRules = [new() { FileNamePrefix = "a" }] },
                "no number of days"
            },
            {
                "zero days",
                new() { LifecycleRules = [new() { FileNamePrefix = "a", DaysFromHidingToDeleting = 0 }] },
                "waits 0 days"
            },
            {
                "overlapping prefixes",
                new()
                {
                    LifecycleRules =
                    [
                        new() { FileNamePrefix = "logs/", DaysFromHidingToDeleting = 1 },
                        new() { FileNamePrefix = "docs/", DaysFromHidingToDeleting = 1 },
                        new() { FileNamePrefix = "logs/a", DaysFromHidingToDeleting = 1 },
                    ],
                },
                "'logs/' and 'logs/a'"
            },
            {
                "a customer's key",
                new() { DefaultServerSideEncryption = EncryptionSetting.SseC(EncryptionKey.Generate()) },
                "SSE-C"
            },
            {
                "a period without a mode",
                new() { DefaultRetention = new() { Period = RetentionPeriod.Days(1) } },
                "mode ''"
            },
            {
                "no time",
                new() { DefaultRetention = BucketRetention.Governance(RetentionPeriod.Days(0)) },
                "0 days"
            },
            {
                "months",
                new() { DefaultRetention = BucketRetention.Governance(new() { Duration = 1, Unit = new("months") }) },
                "'months'"
            },
            { "no source key", Replicate(new() { ReplicationRules = [Rule("east")] }), "no key" },
            { "a rule name", Replicate(Source(Rule("to east"))), "'to east'" },
            { "a priority", Replicate(Source(Rule("east") with { Priority = 0 })), "priority 0" },
            { "two rules of a name", Replicate(Source(Rule("east"), Rule("east"))), "called 'east'" },
            {
                "a mapping",
                new()
                {
                    ReplicationConfiguration = new()
                    {
                        AsReplicationDestination = new() { SourceToDestinationKeyMapping = new Dictionary<string, string> { ["a"] = "" } },
                    },
                },
                "key 'a'"
            },
        };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_setting_is_refused(string what, BucketUpdate update, string reason)
    {
        await using var rig = await Rig.StartAsync();

        var failure = await Should.ThrowAsync<ArgumentException>(rig.Bucket.UpdateAsync(update, Rig.Stop), what);

        failure.Message.ShouldContain(reason, Case.Sensitive, what);
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_is_refused_when_a_bucket_is_created()
    {
        await using var rig = await Rig.StartAsync();
        CreateBucketOptions[] wrong =
        [
            new() { CorsRules = [Cors, Cors] },
            new() { LifecycleRules = [new() { FileNamePrefix = "a" }] },
            new() { DefaultServerSideEncryption = EncryptionSetting.SseC(EncryptionKey.Generate()) },
            new() { ReplicationConfiguration = new() { AsReplicationSource = new() { ReplicationRules = [Rule("east")] } } },
        ];

        foreach (var options in wrong)
        {
            await Should.ThrowAsync<ArgumentException>(
                rig.Api.CreateBucketAsync("good-name", BucketType.AllPrivate, options, Rig.Stop),
                $"{options}"
            );
        }
        rig.Far.Journal.ShouldBeEmpty();
    }

    public static TheoryData<NotificationRule[], string> WrongNotifications =>
        new()
        {
            { [Notification with { Name = "short" }], "'short'" },
            { [Notification, Notification], "called 'tell-me'" },
            { [Notification with { EventTypes = [] }], "no event types" },
            { [Notification with { MaxEventsPerBatch = 51 }], "51 events" },
            {
                [
                    Notification with
                    {
                        TargetConfiguration = new() { Url = new("https://h/"), HmacSha256SigningSecret = "tooshort" },
                    },
                ],
                "8 characters"
            },
            {
                [Notification with { TargetConfiguration = new() { Url = new("hook", UriKind.Relative) } }],
                "posts to 'hook', which is no whole URL"
            },
            { [.. Enumerable.Repeat(Notification, 26)], "There are 26 notification rules; B2 allows 25" },
        };

    [Theory, MemberData(nameof(WrongNotifications))]
    public async Task A_wrong_notification_rule_is_refused(NotificationRule[] rules, string reason)
    {
        await using var rig = await Rig.StartAsync();

        var failure = await Should.ThrowAsync<ArgumentException>(rig.Bucket.SetNotificationRulesAsync(rules, Rig.Stop));

        failure.Message.ShouldContain(reason);
        failure.Message.ShouldNotContain("tooshort");
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact]
    public async Task Retentions_holds_times_and_pages_that_are_none_are_refused()
    {
        await using var rig = await Rig.StartAsync();
        var bucket = rig.Bucket;
        Func<Task>[] wrong =
        [
            () => bucket.UpdateFileRetentionAsync("a", "4_z1", new() { Mode = RetentionMode.Governance }, cancellationToken: Rig.Stop),
            () => bucket.UpdateFileLegalHoldAsync("a", "4_z1", new LegalHold("maybe"), Rig.Stop),
            () => bucket.GetDownloadAuthorizationAsync("", TimeSpan.Zero, cancellationToken: Rig.Stop),
            () => bucket.GetDownloadAuthorizationAsync("", TimeSpan.FromDays(8), cancellationToken: Rig.Stop),
            () => bucket.CreateSignedUrlAsync("", TimeSpan.FromDays(1), cancellationToken: Rig.Stop),
            () => bucket.ListUnfinishedLargeFilesAsync(new() { PageSize = 101 }, Rig.Stop).ToListAsync(Rig.Stop).AsTask(),
            () => rig.Api.ListPartsAsync("4_z1", 10_001, Rig.Stop).ToListAsync(Rig.Stop).AsTask(),
        ];

        foreach (var call in wrong)
        {
            await Should.ThrowAsync<ArgumentException>(call);
        }
        rig.Far.Journal.ShouldBeEmpty();
    }

    private static ReplicationRule Rule(string name) => new() { ReplicationRuleName = name, DestinationBucketId = "b1" };

    private static ReplicationSource Source(params ReplicationRule[] rules) =>
        new() { SourceApplicationKeyId = "k1", ReplicationRules = rules };

    private static BucketUpdate Replicate(ReplicationSource source) =>
        new() { ReplicationConfiguration = new() { AsReplicationSource = source } };
}
