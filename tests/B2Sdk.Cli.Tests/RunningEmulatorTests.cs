using System.Text.Json;
using B2Sdk.Emulator;

namespace B2Sdk.Cli.Tests;

/// <summary>The verbs for an emulator that is running. Each test has one of its own.</summary>
public sealed class RunningEmulatorTests(EmulatorFixture fixture) : CliTest(fixture)
{
    private const string Token = "let-me-in";

    [Fact]
    public async Task Status_tells_how_it_is_set_up()
    {
        await using var emulator = await StartAsync(new() { Lenient = ["sha1"] });

        var text = await SucceedAsync("emulator", "status", "--url", Url(emulator));
        var json = (await RunAsync("emulator", "status", "--url", Url(emulator), "--json")).Json;

        text.ShouldContain($"application key id:  {emulator.Account.ApplicationKeyId}\n");
        text.ShouldContain("kept in:             memory\n");
        text.ShouldContain("lenient about:       sha1\n");
        text.ShouldNotContain(emulator.Account.ApplicationKey);
        json.GetProperty("accountId").GetString().ShouldBe(emulator.Account.AccountId);
    }

    [Fact]
    public async Task The_clock_is_shown_and_moved()
    {
        await using var emulator = await StartAsync();

        (await SucceedAsync("emulator", "clock", "--url", Url(emulator), "--set", "2030-01-01T00:00:00Z", "--freeze")).ShouldBe(
            "2030-01-01T00:00:00.000Z (stands still)\n"
        );
        (await SucceedAsync("emulator", "clock", "--url", Url(emulator), "--advance", "1d12h")).ShouldBe(
            "2030-01-02T12:00:00.000Z (stands still)\n"
        );
        (await SucceedAsync("emulator", "clock", "--url", Url(emulator))).ShouldBe("2030-01-02T12:00:00.000Z (stands still)\n");
        await SucceedAsync("emulator", "clock", "--url", Url(emulator), "--resume");

        emulator.Clock.IsFrozen.ShouldBeFalse();
        (await FailAsync(ExitCodes.Failure, "emulator", "clock", "--url", Url(emulator), "--advance", "soon")).ShouldEndWith(
            "advance: 'soon' is no length of time, such as 250ms, 90s, 1h30m or 30d"
        );
        (await FailAsync(ExitCodes.Failure, "emulator", "clock", "--url", Url(emulator), "--set", "soon")).ShouldEndWith(
            "set: 'soon' is no moment, such as 2030-01-01T00:00:00Z"
        );
        await FailAsync(ExitCodes.Misuse, "emulator", "clock", "--url", Url(emulator), "--freeze", "--resume");
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("faults", "clear")]
    [InlineData("seed", "hostile")]
    [InlineData("snapshot", "save", "fresh")]
    public async Task What_has_no_result_prints_an_empty_object_as_JSON(params string[] words)
    {
        await using var emulator = await StartAsync();

        (await SucceedAsync(["emulator", .. words, "--url", Url(emulator), "--json"])).ShouldBe("{}\n");
        (await SucceedAsync(["emulator", .. words, "--url", Url(emulator)])).ShouldBe("");
    }

    [Fact]
    public async Task The_environment_tells_where_it_is_and_members_of_JSON_are_sorted()
    {
        await using var emulator = await StartAsync();
        Environment["B2_EMULATOR_URL"] = Url(emulator);

        var fault = (await RunAsync("emulator", "faults", "add", """{"operation":"b2_list_keys","status":503}""", "--json")).Json;

        emulator.Faults.Active.Count.ShouldBe(1);
        foreach (var part in (JsonElement[])[fault, fault.GetProperty("fault")])
        {
            var members = part.EnumerateObject().Select(member => member.Name).ToList();
            members.ShouldBe(members.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Faults_are_added_listed_and_cleared()
    {
        await using var emulator = await StartAsync();
        const string Fault = """{"operation":"b2_list_keys","status":503,"count":2}""";

        (await SucceedAsync("emulator", "faults", "add", "--url", Url(emulator), Fault)).ShouldBe("f1\n");
        (await SucceedAsync("emulator", "faults", "list", "--url", Url(emulator))).ShouldBe(
            "f1  struck 0 of 0  operation=b2_list_keys count=2 status=503\n"
        );
        (await FailAsync(ExitCodes.Failure, "emulator", "faults", "add", "--url", Url(emulator), "{}")).ShouldContain("does nothing");
        (await FailAsync(ExitCodes.Failure, "emulator", "faults", "clear", "--url", Url(emulator), "f9")).ShouldContain("'f9'");
        await SucceedAsync("emulator", "faults", "clear", "--url", Url(emulator), "f1");

        emulator.Faults.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_journal_is_shown_counted_and_cleared()
    {
        await using var emulator = await StartAsync();
        Environment["B2_ENVIRONMENT"] = Url(emulator);
        Environment["B2_APPLICATION_KEY_ID"] = emulator.Account.ApplicationKeyId;
        Environment["B2_APPLICATION_KEY"] = emulator.Account.ApplicationKey;
        await SucceedAsync("bucket", "list");

        var calls = await SucceedAsync("emulator", "journal", "--url", Url(emulator), "--operation", "b2_list_buckets");
        var counts = await SucceedAsync("emulator", "journal", "--url", Url(emulator), "--counts");
        await SucceedAsync("emulator", "journal", "--url", Url(emulator), "--clear");

        calls.ShouldMatch(@"^ +\d+  \S+Z  b2_list_buckets +200  \d+ in, \d+ out  \n$");
        counts.ShouldContain("b2_authorize_account                  1\n");
        counts.ShouldContain("transactions of class C               2\n");
        (await SucceedAsync("emulator", "journal", "--url", Url(emulator))).ShouldBe("");
    }

    [Fact]
    public async Task Everything_is_saved_reset_and_loaded()
    {
        await using var emulator = await StartAsync();
        var other = await emulator.CreateAccountAsync(Stop);

        await SucceedAsync("emulator", "snapshot", "save", "--url", Url(emulator), "two-accounts");
        await SucceedAsync("emulator", "reset", "--url", Url(emulator));
        (await IsKnownAsync()).ShouldBeFalse();
        await SucceedAsync("emulator", "snapshot", "load", "--url", Url(emulator), "two-accounts");
        (await IsKnownAsync()).ShouldBeTrue();
        (await SucceedAsync("emulator", "snapshot", "list", "--url", Url(emulator))).ShouldEndWith("Z  two-accounts\n");
        await SucceedAsync("emulator", "snapshot", "delete", "--url", Url(emulator), "two-accounts");

        (await FailAsync(ExitCodes.Failure, "emulator", "snapshot", "load", "--url", Url(emulator), "two-accounts")).ShouldContain(
            "There is no snapshot 'two-accounts'."
        );

        async Task<bool> IsKnownAsync()
        {
            Environment["B2_ENVIRONMENT"] = Url(emulator);
            Environment["B2_APPLICATION_KEY_ID"] = other.ApplicationKeyId;
            Environment["B2_APPLICATION_KEY"] = other.ApplicationKey;
            return (await RunAsync("bucket", "list")).Code == ExitCodes.Success;
        }
    }

    [Fact]
    public async Task The_control_token_comes_from_the_line_or_the_environment()
    {
        await using var emulator = await StartAsync(new() { ControlToken = Token });

        (await FailAsync(ExitCodes.Failure, "emulator", "status", "--url", Url(emulator))).ShouldContain("control token");
        (await FailAsync(ExitCodes.Failure, "emulator", "status", "--url", Url(emulator), "--control-token", "wrong")).ShouldNotContain(
            Token
        );
        await SucceedAsync("emulator", "status", "--url", Url(emulator), "--control-token", Token);
        Environment["B2_EMULATOR_CONTROL_TOKEN"] = Token;
        await SucceedAsync("emulator", "status", "--url", Url(emulator));
    }

    [Fact]
    public async Task Where_no_emulator_is_that_is_said()
    {
        var emulator = await StartAsync();
        await emulator.DisposeAsync();

        (await FailAsync(ExitCodes.Failure, "emulator", "status", "--url", Url(emulator))).ShouldContain(
            "No emulator answers at http://127.0.0.1:"
        );
        (await FailAsync(ExitCodes.Misuse, "emulator", "status", "--url", "127.0.0.1:1")).ShouldContain("--url");
        (await FailAsync(ExitCodes.Misuse, "emulator", "status", "--url", "ftp://a")).ShouldContain("--url");
    }

    [Theory]
    [InlineData("--lenient", "shaone", "sha1")]
    [InlineData("--control-token", "with blank", "control token")]
    public async Task A_setting_that_cannot_be_is_refused_and_says_what_can(string option, string value, string said) =>
        (await FailAsync(ExitCodes.Misuse, "emulator", "--port", "0", option, value)).ShouldContain(said);

    private static Task<B2Emulator> StartAsync(B2EmulatorOptions? options = null) => B2Emulator.StartAsync(options, Stop);

    private static string Url(B2Emulator emulator) => emulator.Url.AbsoluteUri;
}
