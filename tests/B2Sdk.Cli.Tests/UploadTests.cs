using System.Security.Cryptography;

namespace B2Sdk.Cli.Tests;

public sealed class UploadTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private string _bucket = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
    }

    [Fact]
    public async Task Two_lines_of_urls_come_before_the_json()
    {
        var path = await NewFileAsync("cat.jpg");

        var lines = (await SucceedAsync("file", "upload", _bucket, path, "a b.jpg")).Split('\n', 3);

        lines[0].ShouldBe($"URL by file name: {Realm}/file/{_bucket}/a%20b.jpg");
        lines[1].ShouldStartWith($"URL by fileId: {Realm}/b2api/");
        lines[1].ShouldContain("/b2_download_file_by_id?fileId=");
        lines[2].ShouldStartWith("{\n    \"accountId\": ");
        lines[2].ShouldEndWith("}\n");
    }

    [Fact]
    public async Task Json_alone_has_every_member_in_order()
    {
        var path = await NewFileAsync("cat.jpg", "abc"u8.ToArray());
        File.SetLastWriteTimeUtc(path, new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        var result = await RunAsync("file", "upload", "--json", _bucket, path, "ü.jpg");

        result.Out.ShouldBe(
            $$"""
            {
                "accountId": "{{Account.AccountId}}",
                "action": "upload",
                "bucketId": "{{result.Json.GetProperty("bucketId")}}",
                "contentMd5": "900150983cd24fb0d6963f7d28e17f72",
                "contentSha1": "a9993e364706816aba3e25717850c26c9cd0d89d",
                "contentType": "image/jpeg",
                "fileId": "{{result.Json.GetProperty("fileId")}}",
                "fileInfo": {
                    "src_last_modified_millis": "981173106000"
                },
                "fileName": "\u00fc.jpg",
                "fileRetention": {
                    "mode": null,
                    "retainUntilTimestamp": null
                },
                "legalHold": null,
                "replicationStatus": null,
                "serverSideEncryption": {
                    "mode": "none"
                },
                "size": 3,
                "uploadTimestamp": {{result.Json.GetProperty("uploadTimestamp")}}
            }

            """
        );
    }

    [Fact]
    public async Task What_is_said_of_a_file_is_kept()
    {
        var path = await NewFileAsync("a");

        var file = await RunAsync(
            "file",
            "upload",
            "--json",
            "--content-type=text/x-test",
            "--info",
            "color=a=b",
            "--info",
            "Empty=",
            "--cache-control",
            "max-age=60",
            "--content-disposition",
            "attachment",
            "--content-encoding",
            "gzip",
            "--content-language",
            "de",
            "--expires",
            "Thu, 01 Dec 2050 16:00:00 GMT",
            _bucket,
            path,
            "a"
        );

        file.Error.ShouldBe("");
        file.Json.GetProperty("contentType").GetString().ShouldBe("text/x-test");
        var info = file.Json.GetProperty("fileInfo");
        info.GetProperty("color").GetString().ShouldBe("a=b");
        info.GetProperty("empty").GetString().ShouldBe("");
        info.GetProperty("b2-cache-control").GetString().ShouldBe("max-age=60");
        info.GetProperty("b2-content-disposition").GetString().ShouldBe("attachment");
        info.GetProperty("b2-content-encoding").GetString().ShouldBe("gzip");
        info.GetProperty("b2-content-language").GetString().ShouldBe("de");
        info.GetProperty("b2-expires").GetString().ShouldBe("Thu, 01 Dec 2050 16:00:00 GMT");
    }

    [Fact]
    public async Task An_expiry_that_is_no_http_date_is_refused()
    {
        var path = await NewFileAsync("a");

        var refusal = await RunAsync("file", "upload", "--expires", "tomorrow", _bucket, path, "a");

        refusal.Code.ShouldBe(2);
        refusal.Error.ShouldContain("--expires: 'tomorrow' is no HTTP date");
    }

    [Fact]
    public async Task A_header_option_wins_over_the_info_with_a_warning()
    {
        var path = await NewFileAsync("a");

        var file = await RunAsync(
            "file",
            "upload",
            "--json",
            "--info",
            "b2-expires=x",
            "--expires",
            "Thu, 01 Dec 2050 16:00:00 GMT",
            _bucket,
            path,
            "a"
        );

        file.Error.ShouldBe("WARNING: --expires is used in place of what --info says.\n");
        file.Json.GetProperty("fileInfo").GetProperty("b2-expires").GetString().ShouldBe("Thu, 01 Dec 2050 16:00:00 GMT");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(EmulatorFixture.MinimumPartSize * 3 + 7)]
    public async Task Standard_input_is_uploaded_whatever_its_length(int length)
    {
        var content = NewContent(length);

        await UploadAsync(_bucket, "stdin", content);

        (await RunAsync("file", "download", $"b2://{_bucket}/stdin", "-")).OutBytes.ShouldBe(content);
    }

    [Fact]
    public async Task A_large_file_travels_in_parts_of_the_size_that_is_asked_for_and_keeps_its_sha1()
    {
        var content = NewContent(100_000);
        var path = await NewFileAsync("large", content);
        var sha1 = Convert.ToHexStringLower(SHA1.HashData(content));

        var file = await RunAsync(
            "file",
            "upload",
            "--json",
            "--part-size",
            "10KB",
            "--threads",
            "500",
            "--sha1",
            sha1,
            _bucket,
            path,
            "large"
        );

        file.Code.ShouldBe(0, file.Error);
        file.Json.GetProperty("size").GetInt64().ShouldBe(100_000);
        file.Json.GetProperty("contentSha1").GetString().ShouldBe("none");
        file.Json.GetProperty("fileInfo").GetProperty("large_file_sha1").GetString().ShouldBe(sha1);
    }

    [Theory]
    [InlineData("--min-part-size", "1", 5)]
    [InlineData("--min-part-size", "150KB", 2)]
    [InlineData("--part-size", "20KB", 10)]
    public async Task Parts_have_the_recommended_size_unless_another_is_asked_for(string option, string size, int parts)
    {
        var path = await NewFileAsync("large", NewContent(EmulatorFixture.RecommendedPartSize * 5));

        var file = await RunAsync("file", "upload", option, size, _bucket, path, "large");

        file.Code.ShouldBe(0, file.Error);
        Emulator.Journal.Count(Account.AccountId).Operations["b2_upload_part"].ShouldBe(parts);
    }

    [Fact]
    public async Task A_stream_has_parts_as_small_as_may_be_unless_larger_ones_are_asked_for()
    {
        var file = await RunAsync(["file", "upload", "--min-part-size", "20KB", _bucket, "-", "s"], Terminal.None, NewContent(100_000));

        file.Code.ShouldBe(0, file.Error);
        Emulator.Journal.Count(Account.AccountId).Operations["b2_upload_part"].ShouldBe(5);
    }

    [Fact]
    public async Task One_part_size_is_asked_for()
    {
        (await FailAsync(ExitCodes.Misuse, "file", "upload", "--part-size", "1MB", "--min-part-size", "1MB", "b", "l", "n")).ShouldContain(
            "Give --part-size or --min-part-size, not both."
        );
    }

    [Fact]
    public async Task A_pipe_is_read_to_its_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no mkfifo.");
        var pipe = PathOf("pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            await made.WaitForExitAsync(Stop);
        }

        var upload = RunAsync("file", "upload", _bucket, pipe, "piped");
        await File.WriteAllBytesAsync(pipe, NewContent(50_000), Stop);

        (await upload).Code.ShouldBe(0);
        (await RunAsync("file", "download", $"b2://{_bucket}/piped", "-")).OutBytes.ShouldBe(NewContent(50_000));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_before_anything_is_asked_of_the_service()
    {
        Environment["B2_ENVIRONMENT"] = "http://127.0.0.1:1";

        (await FailAsync(ExitCodes.Failure, "file", "upload", _bucket, PathOf("nothing"), "a")).ShouldBe(
            $"There is no file '{PathOf("nothing")}'."
        );
        (await FailAsync(ExitCodes.Failure, "file", "upload", _bucket, Folder, "a")).ShouldBe($"'{Folder}' is a directory; name a file.");
    }

    [Fact]
    public async Task A_wrong_sha1_is_refused_and_nothing_is_stored()
    {
        var path = await NewFileAsync("a");

        await FailAsync(ExitCodes.Failure, "file", "upload", "--sha1", new string('0', 40), _bucket, path, "a");
        await FailAsync(ExitCodes.Misuse, "file", "upload", "--sha1", "abc", _bucket, path, "a");

        (await SucceedAsync("ls", $"b2://{_bucket}")).ShouldBe("");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    public async Task A_name_that_no_file_can_have_is_refused_with_2(string name)
    {
        var path = await NewFileAsync("a");

        (await FailAsync(ExitCodes.Misuse, "file", "upload", _bucket, path, name)).ShouldNotContain("Parameter");

        (await SucceedAsync("ls", $"b2://{_bucket}")).ShouldBe("");
    }

    [Fact]
    public async Task A_name_of_1024_bytes_is_taken_and_one_of_1025_refused()
    {
        var path = await NewFileAsync("a");
        var longest = string.Concat(Enumerable.Repeat(new string('x', 249) + "/", 4)) + new string('x', 24);

        await SucceedAsync("file", "upload", _bucket, path, longest);
        (await FailAsync(ExitCodes.Misuse, "file", "upload", _bucket, path, longest + "x")).ShouldContain("1024");

        (await SucceedAsync("ls", "-r", $"b2://{_bucket}")).ShouldBe($"{longest}\n");
    }

    [Fact]
    public async Task A_part_size_below_the_accounts_minimum_is_refused()
    {
        var path = await NewFileAsync("large", NewContent(100_000));

        (await FailAsync(ExitCodes.Misuse, "file", "upload", "--part-size", "9999", _bucket, path, "a")).ShouldContain("10000");
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        var path = await NewFileAsync("a");

        (await FailAsync(ExitCodes.Failure, "file", "upload", "there-is-no-such-bucket", path, "a")).ShouldContain(
            "there-is-no-such-bucket"
        );
    }
}
