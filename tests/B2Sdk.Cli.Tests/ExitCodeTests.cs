namespace B2Sdk.Cli.Tests;

public sealed class ExitCodeTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task What_is_not_there_is_3()
    {
        var bucket = await NewBucketAsync();

        await CheckAsync(3, "ls", "b2://there-is-no-such-bucket");
        await CheckAsync(3, "file", "info", $"b2://{bucket}/nothing");
        await CheckAsync(3, "file", "upload", bucket, PathOf("nothing"), "a");
        await CheckAsync(3, "file", "info", "b2id://nothing");
        await CheckAsync(3, "file", "cat", "b2id://nothing");
        await CheckAsync(3, "file", "large", "parts", "b2id://nothing");
        await CheckAsync(3, "file", "large", "unfinished", "cancel", "b2id://nothing");
        await CheckAsync(3, "key", "delete", "nothing");
    }

    [Fact]
    public async Task A_key_that_is_not_known_and_no_key_at_all_are_4()
    {
        Environment["B2_APPLICATION_KEY"] = "K000wrong";
        await CheckAsync(4, "bucket", "list");
        Environment.Remove("B2_APPLICATION_KEY");
        Environment.Remove("B2_APPLICATION_KEY_ID");
        await CheckAsync(4, "bucket", "list");
    }

    [Fact, Trait("Need", "40"), Trait("Need", "41")]
    public async Task What_a_key_may_not_do_is_5_and_says_what_it_lacks()
    {
        var (mine, other) = (await NewBucketAsync(), await NewBucketAsync());
        var words = (
            await SucceedAsync("key", "create", "lister", "listBuckets,listFiles", "--bucket", mine, "--name-prefix", "in/")
        ).Split(' ', '\n');
        Environment["B2_APPLICATION_KEY_ID"] = words[0];
        Environment["B2_APPLICATION_KEY"] = words[1];
        var path = await NewFileAsync("a");

        (await CheckAsync(5, "file", "upload", mine, path, "in/a")).ShouldContain("writeFiles");
        (await CheckAsync(5, "ls", $"b2://{other}")).ShouldContain(mine);
        (await CheckAsync(5, "ls", $"b2://{mine}/out/")).ShouldContain("'in/'");
        var json = await RunAsync("file", "upload", mine, path, "in/a", "--json");
        json.Error.ShouldContain("\"missingCapabilities\":[\"writeFiles\"]");
    }

    [Fact, Trait("Need", "D18")]
    public async Task A_restricted_key_lists_its_own_buckets()
    {
        string[] mine = [await NewBucketAsync(), await NewBucketAsync()];
        await NewBucketAsync();
        var words = (await SucceedAsync("key", "create", "two", "listBuckets", "--bucket", mine[0], "--bucket", mine[1])).Split(' ', '\n');
        Environment["B2_APPLICATION_KEY_ID"] = words[0];
        Environment["B2_APPLICATION_KEY"] = words[1];

        var lines = (await SucceedAsync("bucket", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Select(line => line.Split(' ')[^1]).ShouldBe(mine.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_stands_against_it_is_8()
    {
        var bucket = await NewBucketAsync();
        await UploadAsync(bucket, "a");

        await CheckAsync(8, "bucket", "create", bucket, "allPrivate");
        await CheckAsync(8, "bucket", "delete", bucket);
        await CheckAsync(8, "file", "unhide", $"b2://{bucket}/a");
    }

    [Fact]
    public async Task The_variable_does_what_the_option_does_and_misuse_stays_2()
    {
        Environment["B2_DETAILED_EXIT_CODES"] = "1";

        await FailAsync(3, "ls", "b2://there-is-no-such-bucket");
        await FailAsync(2, "ls", "nonsense");
    }

    private async Task<string> CheckAsync(int code, params string[] arguments)
    {
        await FailAsync(ExitCodes.Failure, arguments);
        return await FailAsync(code, [.. arguments, "--detailed-exit-codes"]);
    }
}
