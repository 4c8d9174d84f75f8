namespace B2Sdk.Cli.Tests;

public sealed class KeyTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task Create_prints_id_and_key_on_one_line_and_the_key_works_within_its_limits()
    {
        var bucket = await NewBucketAsync();
        await UploadAsync(bucket, "in/a");

        var words = (
            await SucceedAsync("key", "create", "reader", "listBuckets,listFiles,readFiles", "--bucket", bucket, "--name-prefix", "in/")
        ).Split(' ', '\n');

        words.Length.ShouldBe(3);
        Environment["B2_APPLICATION_KEY_ID"] = words[0];
        Environment["B2_APPLICATION_KEY"] = words[1];
        (await SucceedAsync("ls", $"b2://{bucket}/in/")).ShouldBe("in/a\n");
        (await SucceedAsync("bucket", "list")).ShouldContain(bucket);
        await FailAsync(ExitCodes.Failure, "ls", $"b2://{bucket}/out/");
    }

    [Fact]
    public async Task Keys_are_listed_short_and_long()
    {
        var first = await NewBucketAsync();
        var second = await NewBucketAsync();
        var unlimited = await CreateAsync("one", "readFiles,listBuckets");
        var limited = await CreateAsync("two", "listFiles", "--bucket", first, "--bucket", $"b2://{second}", "--name-prefix", "a b");

        var list = await SucceedAsync("key", "list");
        var lines = (await SucceedAsync("key", "list", "--long")).Split('\n');

        list.ShouldContain($"{unlimited}   one                 \n");
        list.ShouldContain($"{limited}   two                 \n");
        lines.ShouldContain(
            $"{unlimited}   one                    -                      -            -          ''   readFiles,listBuckets"
        );
        lines.ShouldContain($"{limited}   two                    {first}, {second}   -            -          'a b'   listFiles");
    }

    [Fact]
    public async Task The_long_list_shows_when_a_key_expires_and_which_bucket_is_gone()
    {
        var bucket = await NewBucketAsync();
        var id = await CreateAsync("brief", "listFiles", "--duration", "7d", "--bucket", bucket);
        await SucceedAsync("bucket", "delete", bucket);

        var line = (await SucceedAsync("key", "list", "-l")).Split('\n').Single(line => line.StartsWith(id, StringComparison.Ordinal));

        line.ShouldMatch(
            $"^{id}   brief                  id=[0-9a-f]{{24}}   \\d{{4}}-\\d\\d-\\d\\d   \\d\\d:\\d\\d:\\d\\d   ''   listFiles$"
        );
    }

    [Fact]
    public async Task Json_has_every_member_in_order_and_the_key_only_once()
    {
        var created = await RunAsync("key", "create", "name", "listFiles", "--json");
        var listed = await RunAsync("key", "list", "--json");

        var id = created.Json.GetProperty("applicationKeyId").GetString()!;
        created.Out.ShouldBe(
            $$"""
            {
                "accountId": "{{Account.AccountId}}",
                "applicationKey": "{{created.Json.GetProperty("applicationKey")}}",
                "applicationKeyId": "{{id}}",
                "bucketIds": null,
                "capabilities": [
                    "listFiles"
                ],
                "expirationTimestamp": null,
                "keyName": "name",
                "namePrefix": null,
                "options": [
                    "s3"
                ]
            }

            """
        );
        var found = listed.Json.EnumerateArray().Single(key => key.GetProperty("applicationKeyId").GetString() == id);
        found.TryGetProperty("applicationKey", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task All_capabilities_are_those_of_the_present_key_and_all_that_are_known()
    {
        var created = await RunAsync("key", "create", "everything", "--all-capabilities", "--json");
        var mine = await RunAsync("account", "get");

        created.Error.ShouldBe("");
        var given = created.Json.GetProperty("capabilities").EnumerateArray().Select(word => word.GetString()).ToList();
        mine.Json.GetProperty("allowed")
            .GetProperty("capabilities")
            .EnumerateArray()
            .Select(word => word.GetString())
            .ShouldBeSubsetOf(given);
        given.ShouldContain("bypassGovernance");
        given.ShouldBe(given.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Delete_prints_the_id_and_the_key_is_gone()
    {
        var id = await CreateAsync("gone", "listFiles");

        (await SucceedAsync("key", "delete", id)).ShouldBe($"{id}\n");

        (await SucceedAsync("key", "list")).ShouldNotContain(id);
        (await FailAsync(ExitCodes.Failure, "key", "delete", id)).ShouldContain(id);
    }

    [Theory]
    [InlineData("'readFile' is not a capability. These are: ", "readFiles,readFile")]
    [InlineData("'' is not a capability. These are: ", "readFiles,")]
    [InlineData("Give the capabilities, or --all-capabilities.")]
    [InlineData("Give the capabilities, or --all-capabilities.", "readFiles", "--all-capabilities")]
    [InlineData("--duration: 'soon' is not a time in seconds", "readFiles", "--duration", "soon")]
    [InlineData("--duration: '-5' is not a time in seconds", "readFiles", "--duration", "-5")]
    [InlineData(
        "The key is to be valid for 86486400 seconds; B2 allows whole seconds, 1 to 86400000 (1000 days).",
        "readFiles",
        "--duration",
        "1001d"
    )]
    public async Task A_key_that_cannot_be_is_refused_with_2_and_none_is_made(string reason, params string[] more)
    {
        (await FailAsync(ExitCodes.Misuse, ["key", "create", "name", .. more])).ShouldContain(reason.TrimEnd());

        (await SucceedAsync("key", "list")).ShouldNotContain("name");
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        (await FailAsync(ExitCodes.Failure, "key", "create", "name", "readFiles", "--bucket", "there-is-no-such-bucket")).ShouldContain(
            "there-is-no-such-bucket"
        );
    }

    private async Task<string> CreateAsync(params string[] arguments) =>
        (await SucceedAsync(["key", "create", .. arguments])).Split(' ')[0];
}
