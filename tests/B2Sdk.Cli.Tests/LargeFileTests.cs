namespace B2Sdk.Cli.Tests;

public sealed class LargeFileTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private string _bucket = "";
    private string _bucketId = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = NewBucketName();
        _bucketId = (await SucceedAsync("bucket", "create", _bucket, "allPrivate")).TrimEnd('\n');
    }

    [Fact]
    public async Task Unfinished_files_are_listed_with_their_parts_and_canceled()
    {
        var id = await LeaveUnfinishedAsync("a b");

        var listed = await SucceedAsync("file", "large", "unfinished", "list", $"b2://{_bucket}");
        var parts = await SucceedAsync("file", "large", "parts", $"b2id://{id}");
        var canceled = await SucceedAsync("file", "large", "unfinished", "cancel", $"b2id://{id}");

        listed.ShouldBe($"{id} a b application/octet-stream \n");
        parts.ShouldBe($"    1      10000  {Sha1Of(NewContent(10_000))}\n");
        canceled.ShouldBe($"{id} canceled\n");
        (await SucceedAsync("file", "large", "unfinished", "list", $"b2://{_bucket}")).ShouldBe("");
    }

    [Fact]
    public async Task Json_tells_the_same()
    {
        var id = await LeaveUnfinishedAsync("a");

        var listed = await RunAsync("file", "large", "unfinished", "list", $"b2://{_bucket}", "--json");
        var parts = await RunAsync("file", "large", "parts", $"b2id://{id}", "--json");
        var canceled = await RunAsync("file", "large", "unfinished", "cancel", $"b2://{_bucket}", "--json");

        listed.Json[0].GetProperty("fileId").GetString().ShouldBe(id);
        parts.Json[0].GetProperty("contentLength").GetInt32().ShouldBe(10_000);
        parts.Json[0].GetProperty("partNumber").GetInt32().ShouldBe(1);
        canceled.Json[0].GetProperty("fileName").GetString().ShouldBe("a");
        (await SucceedAsync("file", "large", "unfinished", "list", $"b2://{_bucket}", "--json")).ShouldBe("[]\n");
    }

    [Fact]
    public async Task Cancel_takes_a_prefix_an_age_and_a_dry_run()
    {
        var a = await LeaveUnfinishedAsync("a/1");
        var b = await LeaveUnfinishedAsync("b/1");

        var old = await SucceedAsync("file", "large", "unfinished", "cancel", $"b2://{_bucket}", "--older-than", "1d");
        var dry = await RunAsync("file", "large", "unfinished", "cancel", $"b2://{_bucket}/a/", "--dry-run");
        var untouched = await SucceedAsync("file", "large", "unfinished", "list", $"b2://{_bucket}");
        var real = await SucceedAsync("file", "large", "unfinished", "cancel", $"b2://{_bucket}/a/");

        old.ShouldBe("");
        dry.Out.ShouldBe($"{a} canceled\n");
        dry.Error.ShouldBe("This was a dry run: nothing was canceled.\n");
        untouched.Split('\n').Length.ShouldBe(3);
        real.ShouldBe(dry.Out);
        (await SucceedAsync("file", "large", "unfinished", "list", $"b2://{_bucket}")).ShouldStartWith(b);
    }

    [Fact]
    public async Task What_is_no_large_file_is_refused()
    {
        var id = await UploadAsync(_bucket, "small");

        (await FailAsync(ExitCodes.Misuse, "file", "large", "parts", $"b2://{_bucket}/small")).ShouldContain("is no b2id:// URI");
        (await FailAsync(ExitCodes.Misuse, "file", "large", "unfinished", "list", "b2://")).ShouldContain("names no bucket");
        (await FailAsync(ExitCodes.Misuse, "file", "large", "unfinished", "cancel", $"b2id://{id}", "--older-than", "1d")).ShouldContain(
            "--older-than"
        );
        (await FailAsync(ExitCodes.Failure, "file", "large", "unfinished", "cancel", $"b2id://{id}")).ShouldContain(id);
    }

    private async Task<string> LeaveUnfinishedAsync(string name)
    {
        using var raw = await RawAccount.AuthorizeAsync(Realm, Account, Stop);
        return await raw.BeginLargeFileAsync(_bucketId, name, NewContent(10_000), Stop);
    }

    private static string Sha1Of(byte[] content) => Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(content));
}
