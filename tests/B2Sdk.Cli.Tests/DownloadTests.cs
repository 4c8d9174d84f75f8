namespace B2Sdk.Cli.Tests;

public sealed class DownloadTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private string _bucket = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
    }

    [Fact]
    public async Task A_download_is_described_in_aligned_lines()
    {
        var path = await NewFileAsync("a", "abc"u8.ToArray());
        var upload = await RunAsync(
            "file",
            "upload",
            "--json",
            "--info",
            "color=blue",
            "--info",
            "src_last_modified_millis=981173106000",
            _bucket,
            path,
            "a b"
        );
        var id = upload.Json.GetProperty("fileId").GetString();
        var copy = PathOf("copy");

        var text = await SucceedAsync("file", "download", $"b2://{_bucket}/a b", copy);

        text.ShouldBe(
            $"""
            File name:           a b
            File id:             {id}
            Output file path:    {copy}
            File size:           3
            Content type:        application/octet-stream
            Content sha1:        a9993e364706816aba3e25717850c26c9cd0d89d
            Encryption:          none
            Retention:           none
            Legal hold:          <unset>
            INFO color:          blue
            INFO src_last_modified_millis: 981173106000
            Checksum matches
            Download finished

            """
        );
        (await File.ReadAllTextAsync(copy, Stop)).ShouldBe("abc");
        File.GetLastWriteTimeUtc(copy).ShouldBe(new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
    }

    [Fact]
    public async Task By_id_and_as_json()
    {
        var id = await UploadAsync(_bucket, "a");
        await UploadAsync(_bucket, "a", [9]);

        var result = await RunAsync("file", "download", "--json", $"b2id://{id}", PathOf("copy"));

        result.Json.GetProperty("fileId").GetString().ShouldBe(id);
        (await File.ReadAllBytesAsync(PathOf("copy"), Stop)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Standard_output_gets_the_bytes_and_nothing_else()
    {
        await UploadAsync(_bucket, "a", NewContent(100_000));

        var result = await RunAsync("file", "download", $"b2://{_bucket}/a", "-");

        result.OutBytes.ShouldBe(NewContent(100_000));
        result.Error.ShouldContain("File size:           100000\n");
        (await RunAsync("file", "download", "-q", $"b2://{_bucket}/a", "-")).Error.ShouldBe("");
    }

    [Fact]
    public async Task A_directory_gets_the_file_under_its_name_with_the_folders_above_it()
    {
        await UploadAsync(_bucket, "x/y/z");

        await SucceedAsync("file", "download", $"b2://{_bucket}/x/y/z", Folder);

        (await File.ReadAllBytesAsync(PathOf("x/y/z"), Stop)).ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("x/../../out")]
    [InlineData("/out")]
    [InlineData("x//out")]
    [InlineData("./out")]
    public async Task A_name_never_leads_out_of_the_directory(string name)
    {
        await UploadAsync(_bucket, name);
        Directory.CreateDirectory(PathOf("in"));

        (await FailAsync(ExitCodes.Failure, "file", "download", $"b2://{_bucket}/{name}", PathOf("in"))).ShouldContain($"'{name}'");

        Directory.EnumerateFileSystemEntries(PathOf("in")).ShouldBeEmpty();
        File.Exists(PathOf("out")).ShouldBeFalse();
        await SucceedAsync("file", "download", $"b2://{_bucket}/{name}", PathOf("named"));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_and_the_target_stays_as_it_was()
    {
        var target = await NewFileAsync("target");

        (await FailAsync(ExitCodes.Failure, "file", "download", $"b2://{_bucket}/no/such file", target)).ShouldContain("no/such file");
        await FailAsync(ExitCodes.Failure, "file", "download", "b2id://4_z0_f1_d20260101_m000000_c000_v0000000_t0000", target);

        (await File.ReadAllBytesAsync(target, Stop)).ShouldBe([1, 2, 3]);
        Directory.EnumerateFileSystemEntries(Folder).ShouldBe([target]);
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_is_named()
    {
        await UploadAsync(_bucket, "a");

        (await FailAsync(ExitCodes.Failure, "file", "download", $"b2://{_bucket}/a", PathOf("no/such/folder/a"))).ShouldContain(
            PathOf("no/such/folder")
        );
    }

    [Fact]
    public async Task Info_has_the_same_members_by_name_and_by_id()
    {
        var id = await UploadAsync(_bucket, "a b", NewContent(100_000));

        var byName = await SucceedAsync("file", "info", $"b2://{_bucket}/a b");
        var byId = await SucceedAsync("file", "info", $"b2id://{id}");

        byName.ShouldBe(byId);
        byName.ShouldContain($"\n    \"fileId\": \"{id}\",\n");
        (await FailAsync(ExitCodes.Failure, "file", "info", $"b2://{_bucket}/a")).ShouldContain("'a'");
    }
}
