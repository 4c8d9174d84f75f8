using System.Text.Json;

namespace B2Sdk.Cli.Tests;

public sealed class LsTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private string _bucket = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
    }

    [Fact]
    public async Task Results_come_each_on_a_line_of_its_own()
    {
        var bucket = await NewBucketAsync();
        await UploadAsync(bucket, "a\u00e9");
        await UploadAsync(bucket, "b");

        var files = (await SucceedAsync("ls", "--jsonl", $"b2://{bucket}")).TrimEnd('\n').Split('\n');
        var buckets = (await SucceedAsync("bucket", "list", "--jsonl")).TrimEnd('\n').Split('\n');

        files.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("fileName").GetString()).ShouldBe(["a\u00e9", "b"]);
        buckets.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("bucketName").GetString()).ShouldContain(bucket);
        (await SucceedAsync("ls", "--jsonl", $"b2://{bucket}/nothing/")).ShouldBe("");
        (await RunAsync("ls", "--jsonl", "b2://there-is-none")).Error.ShouldStartWith("{\"error\":");
    }

    [Fact]
    public async Task An_empty_bucket_lists_nothing_with_success()
    {
        (await SucceedAsync("ls", $"b2://{_bucket}")).ShouldBe("");
        (await SucceedAsync("ls", $"b2://{_bucket}", "--json")).ShouldBe("[]\n");
        (await SucceedAsync("ls", $"b2://{_bucket}/no/such/folder", "-r")).ShouldBe("");
    }

    [Fact]
    public async Task One_level_shows_folders_and_recursion_shows_files()
    {
        await UploadAllAsync("b", "a/1", "a/2/3");

        (await SucceedAsync("ls", $"b2://{_bucket}")).ShouldBe("a/\nb\n");
        (await SucceedAsync("ls", $"b2://{_bucket}/a")).ShouldBe("a/1\na/2/\n");
        (await SucceedAsync("ls", $"b2://{_bucket}/a/")).ShouldBe("a/1\na/2/\n");
        (await SucceedAsync("ls", $"B2://{_bucket}/", "--recursive")).ShouldBe("a/1\na/2/3\nb\n");
    }

    [Fact]
    public async Task A_path_means_the_file_first_then_the_folder_and_never_a_longer_name()
    {
        await UploadAllAsync("a", "a/1", "ab", "dir/1", "dirx");

        (await SucceedAsync("ls", $"b2://{_bucket}/a")).ShouldBe("a\n");
        (await SucceedAsync("ls", $"b2://{_bucket}/a/")).ShouldBe("a/1\n");
        (await SucceedAsync("ls", $"b2://{_bucket}/dir")).ShouldBe("dir/1\n");
    }

    [Fact]
    public async Task The_long_form_has_the_columns_of_the_python_tool()
    {
        var id = await UploadAsync(_bucket, "a b", NewContent(12_345));
        await UploadAllAsync("z/1");

        var lines = (await SucceedAsync("ls", $"b2://{_bucket}", "-l")).Split('\n');

        lines[0].ShouldMatch($@"^ {{0,}}{id}  upload  \d{{4}}-\d\d-\d\d  \d\d:\d\d:\d\d      12345  a b$");
        lines[0].IndexOf("  upload", StringComparison.Ordinal).ShouldBe(83);
        lines[1].ShouldBe($"{"-", 83}  {"-", 6}  {"-", 10}  {"-", 8}  {0, 9}  z/");
        var replication = await SucceedAsync("ls", $"b2://{_bucket}/a b", "--long", "--replication");
        replication.ShouldEndWith("12345  -  a b\n");
        (await SucceedAsync("ls", $"b2://{_bucket}/a b", "--replication")).ShouldBe("a b\n");
    }

    [Fact]
    public async Task Json_is_one_document_that_hides_folders_behind_their_first_file_unless_asked()
    {
        await UploadAllAsync("b", "a/1", "a/2");

        Names(await SucceedAsync("ls", $"b2://{_bucket}", "--json")).ShouldBe(["a/1", "b"]);
        Names(await SucceedAsync("ls", $"b2://{_bucket}", "--json", "--folders")).ShouldBe(["a/", "b"]);
        Names(await SucceedAsync("ls", $"b2://{_bucket}", "--json", "-r", "-q")).ShouldBe(["a/1", "a/2", "b"]);
    }

    [Fact]
    public async Task Json_objects_come_one_by_one_as_from_the_python_tool()
    {
        await UploadAllAsync("a", "b");

        var text = await SucceedAsync("ls", $"b2://{_bucket}", "--json");

        text.ShouldStartWith("[\n{\n    \"accountId\": ");
        text.ShouldContain("\n}\n,{\n");
        text.ShouldEndWith("\n}\n]\n");
    }

    [Fact]
    public async Task Names_can_end_with_a_zero_byte_as_they_are_even_on_a_terminal()
    {
        await UploadAllAsync("a b", "c");

        (await RunAsync(["ls", $"b2://{_bucket}", "--print0"], new() { IsOutput = true })).Out.ShouldBe("a b\0c\0");
        (await FailAsync(ExitCodes.Misuse, "ls", $"b2://{_bucket}", "--print0", "--long")).ShouldContain("--print0");
    }

    [Fact]
    public async Task Long_and_json_exclude_each_other()
    {
        var result = await RunAsync("ls", $"b2://{_bucket}", "--long", "--json");

        result.Code.ShouldBe(ExitCodes.Misuse);
        result.Error.ShouldContain("Give --long or --json, not both.");
    }

    [Fact]
    public async Task Versions_are_all_listed_on_request()
    {
        await UploadAllAsync("a", "a", "b");

        (await SucceedAsync("ls", $"b2://{_bucket}", "--versions")).ShouldBe("a\na\nb\n");
        (await SucceedAsync("ls", $"b2://{_bucket}/a", "--versions")).ShouldBe("a\na\n");
        (await SucceedAsync("ls", $"b2://{_bucket}")).ShouldBe("a\nb\n");
    }

    [Fact]
    public async Task A_version_is_listed_by_its_id()
    {
        var id = await UploadAsync(_bucket, "a");

        (await SucceedAsync("ls", $"b2id://{id}")).ShouldBe("a\n");
    }

    [Fact]
    public async Task Wildcards_cross_slashes()
    {
        await UploadAllAsync("a.csv", "b/c.csv", "b/d.txt", "[x].csv");

        (await SucceedAsync("ls", $"b2://{_bucket}/*.csv", "-r", "--with-wildcard")).ShouldBe("[x].csv\na.csv\nb/c.csv\n");
        (await SucceedAsync("ls", $"b2://{_bucket}/b/[!c].*", "-r", "--with-wildcard")).ShouldBe("b/d.txt\n");
        (await SucceedAsync("ls", $"b2://{_bucket}/?.csv", "-r", "--with-wildcard")).ShouldBe("a.csv\n");
    }

    [Fact]
    public async Task Of_several_patterns_the_last_that_matches_decides()
    {
        await UploadAllAsync("a.csv", "a.txt", "b.csv");

        (await SucceedAsync("ls", $"b2://{_bucket}", "--include", "*.csv")).ShouldBe("a.csv\nb.csv\n");
        (await SucceedAsync("ls", $"b2://{_bucket}", "--exclude", "*.csv")).ShouldBe("a.txt\n");
        (await SucceedAsync("ls", $"b2://{_bucket}", "--exclude", "*.csv", "--include=b.*")).ShouldBe("a.txt\nb.csv\n");
        (await SucceedAsync("ls", $"b2://{_bucket}", "--include=b.*", "--exclude", "*.csv")).ShouldBe("a.txt\n");
        (await SucceedAsync("ls", $"b2://{_bucket}", "--include", "a.*", "--exclude", "*.csv", "--include", "b.csv")).ShouldBe(
            "a.txt\nb.csv\n"
        );
    }

    [Fact]
    public async Task A_folder_is_shown_when_one_of_its_files_matches()
    {
        await UploadAllAsync("docs/a.txt", "docs/b.csv", "pics/a.jpg");

        (await SucceedAsync("ls", $"b2://{_bucket}", "--include", "*.csv")).ShouldBe("docs/\n");
        (await SucceedAsync("ls", $"b2://{_bucket}", "--exclude", "docs/*")).ShouldBe("pics/\n");
        Names(await SucceedAsync("ls", $"b2://{_bucket}", "--include", "*.csv", "--json")).ShouldBe(["docs/b.csv"]);
    }

    [Fact]
    public async Task A_file_that_is_named_is_listed_whatever_the_patterns_say()
    {
        await UploadAllAsync("a.txt");

        (await SucceedAsync("ls", $"b2://{_bucket}/a.txt", "--exclude", "*.txt")).ShouldBe("a.txt\n");
    }

    [Theory]
    [InlineData("--long")]
    [InlineData("--recursive")]
    [InlineData("--replication")]
    [InlineData("--versions")]
    public async Task Options_of_files_are_refused_without_a_bucket(string option)
    {
        (await FailAsync(ExitCodes.Misuse, "ls", option)).ShouldBe($"{option} is for the files of a bucket; 'b2://' names none.");
    }

    [Fact]
    public async Task A_listing_of_more_than_a_page_is_whole()
    {
        var names = Enumerable.Range(0, 1005).Select(number => $"{number:d5}").ToArray();
        await using var api = new B2Api(new InMemoryAccountInfo());
        await api.AuthorizeAccountAsync(Realm, Account.ApplicationKeyId, Account.ApplicationKey, Stop);
        var bucket = await api.GetBucketByNameAsync(_bucket, Stop);
        await Parallel.ForEachAsync(
            names,
            Stop,
            async (name, stop) => await bucket.UploadBytesAsync(Array.Empty<byte>(), name, null, stop)
        );

        (await SucceedAsync("ls", $"b2://{_bucket}")).ShouldBe(string.Concat(names.Select(name => name + "\n")));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        (await FailAsync(ExitCodes.Failure, "ls", "b2://there-is-no-such-bucket")).ShouldContain("there-is-no-such-bucket");
    }

    private async Task UploadAllAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await UploadAsync(_bucket, name);
        }
    }

    private static IEnumerable<string> Names(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateArray().Select(file => file.GetProperty("fileName").GetString()!);
}
