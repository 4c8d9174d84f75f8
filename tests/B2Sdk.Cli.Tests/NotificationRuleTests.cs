namespace B2Sdk.Cli.Tests;

public sealed class NotificationRuleTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private const string Hook = "https://example.com/hook";

    private string _uri = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _uri = $"b2://{await NewBucketAsync()}";
    }

    [Fact]
    public async Task A_rule_is_printed_with_its_name_first()
    {
        var created = await RunAsync("create", "test-rule", "--event-type", "b2:ObjectCreated:*", "--webhook-url", Hook);

        created.ShouldBe(
            $"""
            name: test-rule
            eventTypes:{" "}
              - b2:ObjectCreated:*
            isEnabled: true
            isSuspended: false
            maxEventsPerBatch: 1
            objectNamePrefix: ''
            suspensionReason: ''
            targetConfiguration:{" "}
              customHeaders: null
              hmacSha256SigningSecret: null
              targetType: webhook
              url: {Hook}

            """
        );
        (await RunAsync("list")).ShouldBe(
            $"Notification rules for {_uri}/ :\n- {created.TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal)}\n"
        );
    }

    [Fact]
    public async Task Without_rules_there_is_a_line_or_an_empty_array_or_nothing()
    {
        (await RunAsync("list")).ShouldBe($"No notification rules for {_uri}/\n");
        (await RunAsync("list", "--json")).ShouldBe("[]\n");
        (await RunAsync("list", "-q")).ShouldBe("");
    }

    [Fact]
    public async Task Json_has_every_member_in_order()
    {
        var created = await RunAsync(
            "create",
            "test-rule",
            "--json",
            "--event-type",
            "b2:ObjectCreated:Upload",
            "--event-type",
            "b2:ObjectDeleted:Delete",
            "--webhook-url",
            Hook,
            "--custom-header",
            "X-Token=a=b",
            "--sign-secret",
            new string('7', 32),
            "--disable"
        );

        created.ShouldBe(
            $$"""
            {
                "eventTypes": [
                    "b2:ObjectCreated:Upload",
                    "b2:ObjectDeleted:Delete"
                ],
                "isEnabled": false,
                "isSuspended": false,
                "maxEventsPerBatch": 1,
                "name": "test-rule",
                "objectNamePrefix": "",
                "suspensionReason": "",
                "targetConfiguration": {
                    "customHeaders": [
                        {
                            "name": "X-Token",
                            "value": "a=b"
                        }
                    ],
                    "hmacSha256SigningSecret": "77777777777777777777777777777777",
                    "targetType": "webhook",
                    "url": "{{Hook}}"
                }
            }

            """
        );
    }

    [Theory]
    [InlineData("hook")]
    [InlineData("http://[")]
    public async Task A_webhook_that_is_no_url_is_refused(string url)
    {
        string[] arguments =
        [
            "bucket",
            "notification-rule",
            "create",
            _uri,
            "test-rule",
            "--event-type",
            "b2:ObjectCreated:*",
            "--webhook-url",
            url,
        ];

        var said = await FailAsync(2, arguments);

        said.ShouldContain($"--webhook-url: '{url}' is not a whole URL, such as https://example.com/hook.");
    }

    [Fact]
    public async Task Secrets_are_masked_on_a_terminal()
    {
        await RunAsync(
            "create",
            "test-rule",
            "--event-type",
            "b2:ObjectCreated:*",
            "--webhook-url",
            Hook,
            "--sign-secret",
            new string('7', 32),
            "--custom-header",
            "X-Token=hidden"
        );

        var shown = (await RunAsync(["bucket", "notification-rule", "list", _uri], new Terminal { IsOutput = true })).Out;

        shown.ShouldContain("hmacSha256SigningSecret: ***");
        shown.ShouldNotContain("hidden");
    }

    [Fact]
    public async Task Update_changes_what_is_given_and_keeps_the_rest()
    {
        await RunAsync("create", "test-rule", "--event-type", "b2:ObjectCreated:*", "--webhook-url", Hook, "--custom-header", "X-A=b");
        await RunAsync("create", "other-rule", "--event-type", "b2:ObjectDeleted:*", "--webhook-url", Hook);

        var updated = await RunAsync("update", "test-rule", "--webhook-url", Hook + "/2");

        updated.ShouldContain("url: https://example.com/hook/2\n");
        updated.ShouldContain("- b2:ObjectCreated:*\n");
        updated.ShouldContain("value: b\n");
        (await RunAsync("list")).ShouldContain("- name: other-rule\n");
    }

    [Fact]
    public async Task The_path_is_the_prefix_and_chooses_what_is_listed()
    {
        await SucceedAsync(
            "bucket",
            "notification-rule",
            "create",
            $"{_uri}/a/",
            "rule-of-a",
            "--event-type",
            "b2:ObjectCreated:*",
            "--webhook-url",
            Hook
        );
        await SucceedAsync(
            "bucket",
            "notification_rule",
            "create",
            $"{_uri}/b/",
            "rule-of-b",
            "--event-type",
            "b2:ObjectCreated:*",
            "--webhook-url",
            Hook
        );

        var listed = await SucceedAsync("bucket", "notification-rule", "list", $"{_uri}/a");

        listed.ShouldStartWith($"Notification rules for {_uri}/a :\n- name: rule-of-a\n");
        listed.ShouldContain("objectNamePrefix: a/\n");
        listed.ShouldNotContain("rule-of-b");
    }

    [Fact]
    public async Task A_rule_rests_works_again_and_goes()
    {
        await RunAsync("create", "test-rule", "--event-type", "b2:ObjectCreated:*", "--webhook-url", Hook);

        (await RunAsync("disable", "test-rule")).ShouldContain("isEnabled: false\n");
        (await RunAsync("enable", "test-rule")).ShouldContain("isEnabled: true\n");
        (await RunAsync("delete", "test-rule")).ShouldBe($"Rule 'test-rule' has been deleted from {_uri}/\n");
        (await RunAsync("list", "--json")).ShouldBe("[]\n");
    }

    [Theory]
    [InlineData("update", "--disable")]
    [InlineData("enable")]
    [InlineData("disable")]
    [InlineData("delete")]
    public async Task A_rule_that_is_not_there_is_refused_with_the_names_of_those_that_are(string verb, params string[] more)
    {
        await RunAsync("create", "test-rule", "--event-type", "b2:ObjectCreated:*", "--webhook-url", Hook);

        var reason = await FailAsync(ExitCodes.Failure, ["bucket", "notification-rule", verb, _uri, "no-rule", .. more]);

        reason.ShouldContain("has no rule 'no-rule'. It has 'test-rule'. Nothing was changed.");
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused()
    {
        await RunAsync("create", "test-rule", "--event-type", "b2:ObjectCreated:*", "--webhook-url", Hook);

        (
            await FailAsync(
                ExitCodes.Failure,
                "bucket",
                "notification-rule",
                "create",
                _uri,
                "test-rule",
                "--event-type",
                "b2:ObjectDeleted:*",
                "--webhook-url",
                Hook
            )
        ).ShouldContain("has a rule 'test-rule' already");
    }

    [Theory]
    [InlineData("--webhook-url is missing.", "--event-type", "b2:ObjectCreated:*")]
    [InlineData("--event-type is missing.", "--webhook-url", Hook)]
    [InlineData(
        "--event-type: 'b2:ObjectEaten:*' is not one of b2:ObjectCreated:*, ",
        "--event-type",
        "b2:ObjectEaten:*",
        "--webhook-url",
        Hook
    )]
    [InlineData(
        "--sign-secret has 9 characters; it is exactly 32 letters and digits.",
        "--event-type",
        "b2:ObjectCreated:*",
        "--webhook-url",
        Hook,
        "--sign-secret",
        "too-short"
    )]
    [InlineData(
        "--custom-header: 'X-A: b' is not NAME=VALUE.",
        "--event-type",
        "b2:ObjectCreated:*",
        "--webhook-url",
        Hook,
        "--custom-header",
        "X-A: b"
    )]
    [InlineData(
        "Give --enable or --disable, not both.",
        "--event-type",
        "b2:ObjectCreated:*",
        "--webhook-url",
        Hook,
        "--enable",
        "--disable"
    )]
    public async Task A_rule_that_cannot_be_is_refused_with_2(string reason, params string[] more)
    {
        (await FailAsync(ExitCodes.Misuse, ["bucket", "notification-rule", "create", _uri, "test-rule", .. more])).ShouldContain(reason);
    }

    private Task<string> RunAsync(string verb, params string[] more) => SucceedAsync(["bucket", "notification-rule", verb, _uri, .. more]);
}
