using B2Sdk.Cli.OldNames;

namespace B2Sdk.Cli.Tests;

public sealed class OldNameTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task A_stream_is_uploaded_by_the_name_that_streams_had()
    {
        var bucket = await NewBucketAsync();
        string[] line = ["upload-unbound-stream", "--part-size=20KB", "--unused-buffer-timeout-seconds", "60", "--json", bucket, "-", "s"];

        var result = await RunAsync(line, Terminal.None, NewContent(50_000));

        result.Error.ShouldBe("WARNING: 'upload-unbound-stream' is an old name. Use 'b2 file upload'.\n");
        result.Json.GetProperty("size").GetInt64().ShouldBe(50_000);
    }

    [Fact]
    public async Task A_whole_session_in_old_names_works()
    {
        var bucket = NewBucketName();
        var path = await NewFileAsync("local");

        var bucketId = await OldAsync("bucket create", "create-bucket", bucket, "allPrivate");
        (await OldAsync("bucket list", "list_buckets")).ShouldContain(bucket);
        (await OldAsync("file upload", "upload-file", "--no-progress", bucket, path, "a b")).ShouldStartWith("URL by file name: ");
        var id = (await RunAsync("ls", "--json", $"b2://{bucket}")).Json[0].GetProperty("fileId").GetString()!;
        (await OldAsync("file info", "get-file-info", id)).ShouldContain("\"fileName\": \"a b\"");
        (await OldAsync("file info", "file-info", $"b2://{bucket}/a b")).ShouldContain(id);
        (await OldAsync("file url", "make-url", id)).ShouldContain($"fileId={id}");
        (await OldAsync("file url", "make-friendly-url", bucket, "a b")).ShouldBe($"{Realm}/file/{bucket}/a%20b\n");
        (await OldAsync("file url", "get-download-url-with-auth", "--duration", "60", bucket, "a b")).ShouldContain("?Authorization=");
        (await OldAsync("file download", "download-file-by-name", bucket, "a b", PathOf("1"))).ShouldContain("Download finished");
        (await OldAsync("file download", "download-file-by-id", "--no-progress", id, PathOf("2"))).ShouldContain("Download finished");
        (await OldAsync("file cat", "cat", $"b2id://{id}")).Length.ShouldBe(3);
        (await OldAsync("file hide", "hide-file", bucket, "a b")).ShouldContain("\"action\": \"hide\"");
        (await OldAsync("file large unfinished list", "list-unfinished-large-files", bucket)).ShouldBe("");
        (await OldAsync("file large unfinished cancel", "cancel-all-unfinished-large-files", bucket)).ShouldBe("");
        (await OldAsync("bucket notification-rule list", "notification-rules", "list", $"b2://{bucket}")).ShouldStartWith(
            "No notification rules"
        );
        (await OldAsync("bucket get", "get-bucket", "--show-size", bucket)).ShouldContain($"\"bucketId\": \"{bucketId.TrimEnd()}\"");
        (await OldAsync("bucket update", "update-bucket", bucket, "allPublic")).ShouldContain("allPublic");
        var key = (await OldAsync("key create", "create-key", "--bucket", bucket, "name", "listFiles")).Split(' ')[0];
        (await OldAsync("key list", "list-keys", "--long")).ShouldContain(key);
        (await OldAsync("key delete", "delete-key", key)).ShouldBe($"{key}\n");
        (await OldAsync("account get", "get-account-info")).ShouldContain(Account.AccountId);
    }

    [Fact]
    public async Task A_hold_and_a_retention_take_the_name_or_leave_it_out()
    {
        var bucket = NewBucketName();
        await SucceedAsync("bucket", "create", bucket, "allPrivate", "--file-lock-enabled");
        var id = await UploadAsync(bucket, "a");

        await OldAsync("file update", "update-file-legal-hold", id, "on");
        await OldAsync("file update", "update-file-legal-hold", "a", id, "off");
        await OldAsync("file update", "update-file-retention", "a", id, "governance", "--retain-until", "2060-01-31");
        await OldAsync("file update", "update-file-retention", id, "none", "--bypass-governance");
    }

    [Fact]
    public async Task An_old_name_with_too_little_is_a_misuse()
    {
        await FailAsync(ExitCodes.Misuse, "get-file-info");
        await FailAsync(ExitCodes.Misuse, "download-file-by-name", "bucket", "name");
        await FailAsync(ExitCodes.Misuse, "make-friendly-url", "bucket", "name", "more");
    }

    [Fact]
    public async Task Old_names_are_not_shown()
    {
        var help = await SucceedAsync("--help");

        OldNameTable.All.Where(old => old.Name.Contains('-')).ShouldAllBe(old => !help.Contains(old.Name));
    }

    private async Task<string> OldAsync(string present, params string[] arguments)
    {
        var result = await RunAsync(arguments);
        result.Code.ShouldBe(0, result.Error);
        result.Error.ShouldStartWith($"WARNING: '");
        result.Error.ShouldContain($"' is an old name. Use 'b2 {present}'.\n");
        return result.Out;
    }
}
