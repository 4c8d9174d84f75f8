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
    public async Task Headers_and_locks_have_lines_of_their_own_in_the_order_of_the_python_tool()
    {
        var locked = NewBucketName();
        await SucceedAsync("bucket", "create", locked, "allPrivate", "--file-lock-enabled");
        var path = await NewFileAsync("a");
        Environment["B2_DESTINATION_SSE_C_KEY_B64"] = Environment["B2_SOURCE_SSE_C_KEY_B64"] = Convert.ToBase64String(new byte[32]);
        Environment["B2_DESTINATION_SSE_C_KEY_ID"] = "my key";
        string[] headers =
        [
            "--content-encoding=x-none",
            "--content-language=de",
            "--content-disposition=inline",
            "--expires=Thu, 01 Dec 2050 16:00:00 GMT",
            "--cache-control=no-cache",
        ];
        string[] locks = ["--file-retention-mode=governance", "--retain-until=2000000000123", "--legal-hold=on"];
        await RunAsync([
            "file",
            "upload",
            .. headers,
            .. locks,
            "--destination-server-side-encryption=SSE-C",
            "--info=b=1",
            locked,
            path,
            "a",
        ]);

        var text = await SucceedAsync("file", "download", "--source-server-side-encryption=SSE-C", $"b2://{locked}/a", PathOf("copy"));

        var lines = text.Split('\n');
        lines[6..15]
            .ShouldBe([
                "Encryption:          mode=SSE-C, algorithm=AES256, key_id=my key",
                "Retention:           mode=governance, retainUntil=2033-05-18 03:33:20.123000+00:00",
                "Legal hold:          on",
                "CacheControl:        no-cache",
                "Expires:             Thu, 01 Dec 2050 16:00:00 GMT",
                "ContentDisposition:  inline",
                "ContentLanguage:     de",
                "ContentEncoding:     x-none",
                "INFO b:              1",
            ]);
        text.ShouldNotContain("INFO b2-");
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
    public async Task Info_has_the_headers_of_downloads_as_members_of_their_own()
    {
        var path = await NewFileAsync("a");
        await SucceedAsync("file", "upload", "--cache-control=no-cache", "--expires=Thu, 01 Dec 2050 16:00:00 GMT", _bucket, path, "a");

        var info = await RunAsync("file", "info", $"b2://{_bucket}/a");

        info.Json.GetProperty("cacheControl").GetString().ShouldBe("no-cache");
        info.Json.GetProperty("expires").GetString().ShouldBe("Thu, 01 Dec 2050 16:00:00 GMT");
        info.Json.TryGetProperty("contentLanguage", out _).ShouldBeFalse();
        var members = info.Json.EnumerateObject().Select(member => member.Name).ToList();
        members.ShouldBe(members.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Info_has_the_same_members_by_name_and_by_id()
    {
        var id = await UploadAsync(_bucket, "a b", NewContent(100_000));

        var byName = await SucceedAsync("file", "info", $"b2://{_bucket}/a b");
        var byId = await SucceedAsync("file", "info", $"b2id://{id}");

        byName.ShouldBe(byId);
        byName.ShouldContain($"\n    \"fileId\": \"{id}\",\n");
        byName.ShouldNotContain("cacheControl");
        (await FailAsync(ExitCodes.Failure, "file", "info", $"b2://{_bucket}/a")).ShouldContain("'a'");
    }
}
