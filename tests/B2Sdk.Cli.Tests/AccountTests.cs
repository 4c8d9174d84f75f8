namespace B2Sdk.Cli.Tests;

public sealed class AccountTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private string StorePath => PathOf(".config/b2/account_info");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        ForgetKey();
    }

    [Fact]
    public async Task Authorize_keeps_the_account_and_prints_it_sorted()
    {
        var result = await RunAsync("account", "authorize", Account.ApplicationKeyId, Account.ApplicationKey);

        result.Code.ShouldBe(ExitCodes.Success);
        result.Error.ShouldBe($"Using {Realm}\n");
        result
            .Json.EnumerateObject()
            .Select(member => member.Name)
            .ShouldBe([
                "accountAuthToken",
                "accountFilePath",
                "accountId",
                "allowed",
                "apiUrl",
                "applicationKey",
                "applicationKeyId",
                "downloadUrl",
                "isMasterKey",
                "s3endpoint",
            ]);
        result.Json.GetProperty("accountFilePath").GetString().ShouldBe(StorePath);
        result.Json.GetProperty("applicationKey").GetString().ShouldBe(Account.ApplicationKey);
        result
            .Json.GetProperty("allowed")
            .EnumerateObject()
            .Select(member => member.Name)
            .ShouldBe(["buckets", "capabilities", "namePrefix"]);
        Environment.Remove("B2_ENVIRONMENT");
        (await SucceedAsync("account", "get")).ShouldBe(result.Out);
        (await SucceedAsync("bucket", "list")).ShouldBe("");
    }

    [Fact]
    public async Task A_key_goes_to_another_machine_over_plain_http_only_where_that_is_allowed()
    {
        // Not this machine, and not reached, but for other reasons then.
        Environment["B2_ENVIRONMENT"] = $"http://0.0.0.0:{new Uri(Realm).Port}";
        Environment["B2_APPLICATION_KEY_ID"] = Account.ApplicationKeyId;
        Environment["B2_APPLICATION_KEY"] = Account.ApplicationKey;

        (await FailAsync(ExitCodes.Misuse, "bucket", "list")).ShouldEndWith("Use https, or set B2_ALLOW_INSECURE_REALM=1.");
        Environment["B2_ALLOW_INSECURE_REALM"] = "1";
        (await FailAsync(ExitCodes.Failure, "--quiet", "bucket", "list")).ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task The_store_is_for_its_owner_alone()
    {
        await AuthorizeAsync();

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(StorePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact, Trait("Need", "S6")]
    public async Task A_key_of_the_environment_is_never_written_to_a_disk()
    {
        SetKey();

        await SucceedAsync("bucket", "list");
        var shown = await RunAsync("account", "get");

        shown.Json.GetProperty("accountFilePath").GetString().ShouldBeNull();
        Directory.EnumerateFileSystemEntries(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Authorize_with_the_key_of_the_environment_does_write_it()
    {
        SetKey();

        await RunAsync("account", "authorize");

        File.Exists(StorePath).ShouldBeTrue();
    }

    [Fact]
    public async Task Clear_forgets_the_account_and_needs_none()
    {
        await SucceedAsync("account", "clear");
        await AuthorizeAsync();

        await SucceedAsync("account", "clear");

        (await FailAsync(ExitCodes.Failure, "account", "get")).ShouldBe(
            "No account is authorized here. Run 'b2 account authorize', or set B2_APPLICATION_KEY_ID and B2_APPLICATION_KEY."
        );
    }

    [Fact, Trait("Need", "D21")]
    public async Task Reading_never_makes_a_file()
    {
        await FailAsync(ExitCodes.Failure, "account", "get", "--profile", "other");

        Directory.EnumerateFileSystemEntries(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_profile_is_an_account_of_its_own()
    {
        await AuthorizeAsync("--profile", "work");

        File.Exists(PathOf(".config/b2/db-work.sqlite")).ShouldBeTrue();
        await SucceedAsync("bucket", "list", "--profile", "work");
        await FailAsync(ExitCodes.Failure, "bucket", "list");
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("../up")]
    [InlineData("")]
    public async Task A_profile_that_cannot_be_a_name_is_refused(string profile)
    {
        (await FailAsync(ExitCodes.Misuse, "bucket", "list", "--profile", profile)).ShouldContain($"'{profile}'");
    }

    [Fact]
    public async Task A_profile_and_a_named_file_exclude_each_other()
    {
        Environment["B2_ACCOUNT_INFO"] = PathOf("mine");

        (await FailAsync(ExitCodes.Misuse, "bucket", "list", "--profile", "work")).ShouldContain("B2_ACCOUNT_INFO");
    }

    [Fact]
    public async Task The_variables_name_the_file()
    {
        Environment["XDG_CONFIG_HOME"] = PathOf("xdg");
        await AuthorizeAsync();
        Environment["B2_ACCOUNT_INFO"] = "~/mine";
        await AuthorizeAsync();

        File.Exists(PathOf("xdg/b2/account_info")).ShouldBeTrue();
        File.Exists(PathOf("mine")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_reported_and_left_alone()
    {
        Environment["B2_ACCOUNT_INFO"] = await NewFileAsync("notes", "not a database, but long enough to look at"u8.ToArray());
        var before = await File.ReadAllBytesAsync(PathOf("notes"), Stop);

        var reason = await FailAsync(ExitCodes.Failure, "bucket", "list");
        var authorize = await RunAsync("account", "authorize", Account.ApplicationKeyId, Account.ApplicationKey);

        reason.ShouldContain(PathOf("notes"));
        authorize.Code.ShouldBe(ExitCodes.Failure);
        (await File.ReadAllBytesAsync(PathOf("notes"), Stop)).ShouldBe(before);
    }

    [Theory]
    [InlineData("B2_APPLICATION_KEY_ID")]
    [InlineData("B2_APPLICATION_KEY")]
    public async Task Half_of_a_key_is_refused_and_the_other_half_named(string missing)
    {
        SetKey();
        Environment.Remove(missing);

        (await FailAsync(ExitCodes.Failure, "bucket", "list")).ShouldBe(
            $"Set both B2_APPLICATION_KEY_ID and B2_APPLICATION_KEY, or neither: {missing} is missing."
        );
    }

    [Fact]
    public async Task A_wrong_key_is_refused_not_printed_and_leaves_the_stored_one()
    {
        await AuthorizeAsync();

        var result = await RunAsync("account", "authorize", Account.ApplicationKeyId, "K000wrongsecret");

        result.Code.ShouldBe(ExitCodes.Failure);
        result.Out.ShouldBe("");
        result.Error.ShouldContain("ERROR: The application key was refused: ");
        result.Error.ShouldNotContain("K000wrongsecret");
        await SucceedAsync("bucket", "list");
    }

    [Fact]
    public async Task Without_a_terminal_nobody_is_asked_for_a_key()
    {
        (await FailAsync(ExitCodes.Failure, "account", "authorize")).ShouldContain("B2_APPLICATION_KEY_ID");
        (await FailAsync(ExitCodes.Failure, "account", "authorize", "onlyTheId")).ShouldContain("no terminal");
    }

    [Theory]
    [InlineData("prodction")]
    [InlineData("ftp://example.com")]
    [InlineData("http://example.com")]
    public async Task An_unknown_or_unsafe_realm_is_refused_before_the_key_is_sent(string realm)
    {
        SetKey();

        (await FailAsync(ExitCodes.Misuse, "bucket", "list", "--environment", realm)).ShouldContain(realm);
    }

    [Fact]
    public async Task Two_ways_to_name_the_realm_exclude_each_other()
    {
        (await FailAsync(ExitCodes.Misuse, "account", "authorize", "a", "b", "--dev", "--staging")).ShouldBe(
            "Give one of --environment, --dev and --staging. Try 'b2 account authorize --help'."
        );
    }

    [Fact]
    public async Task A_stored_account_is_not_used_at_another_service()
    {
        await AuthorizeAsync();

        (await FailAsync(ExitCodes.Failure, "bucket", "list", "--environment", "staging")).ShouldContain(
            $"The stored account is of {Realm}, not of staging."
        );
    }

    [Fact]
    public async Task A_stored_session_serves_the_key_of_the_environment_when_they_are_the_same()
    {
        await AuthorizeAsync();
        SetKey();

        var shown = await RunAsync("account", "get");

        shown.Json.GetProperty("accountFilePath").GetString().ShouldBe(StorePath);
    }

    [Fact, Trait("Need", "D17")]
    public async Task Secrets_are_masked_on_a_terminal_alone()
    {
        await AuthorizeAsync();
        var watched = new Terminal { IsOutput = true };

        (await RunAsync(["account", "get"], watched)).Out.ShouldNotContain(Account.ApplicationKey);
        (await RunAsync(["account", "get", "--json"], watched)).Out.ShouldContain(Account.ApplicationKey);
        (await RunAsync(["account", "get", "--show-secrets"], watched)).Out.ShouldContain(Account.ApplicationKey);
        (await RunAsync(["account", "get"], Terminal.None)).Out.ShouldContain(Account.ApplicationKey);
    }

    private void SetKey()
    {
        Environment["B2_APPLICATION_KEY_ID"] = Account.ApplicationKeyId;
        Environment["B2_APPLICATION_KEY"] = Account.ApplicationKey;
    }

    private void ForgetKey()
    {
        Environment.Remove("B2_APPLICATION_KEY_ID");
        Environment.Remove("B2_APPLICATION_KEY");
    }

    private async Task AuthorizeAsync(params string[] more)
    {
        var result = await RunAsync(["account", "authorize", Account.ApplicationKeyId, Account.ApplicationKey, .. more]);
        result.Code.ShouldBe(ExitCodes.Success, result.Error);
    }
}
