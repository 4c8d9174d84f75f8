namespace B2Sdk.Cli.Tests;

public sealed class FileVerbTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private string _bucket = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
    }

    [Theory]
    [InlineData("1,2", "bc")]
    [InlineData("3,", "de")]
    [InlineData("0,99", "abcde")]
    public async Task A_part_of_a_file_is_printed(string range, string expected)
    {
        await UploadAsync(_bucket, "a", "abcde"u8.ToArray());

        (await SucceedAsync("file", "cat", "--range", range, $"b2://{_bucket}/a")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("2,1")]
    [InlineData("5")]
    [InlineData("-1,2")]
    [InlineData("1,2,3")]
    public async Task A_range_that_is_none_is_refused(string range) =>
        (await FailAsync(ExitCodes.Misuse, "file", "cat", $"--range={range}", $"b2://{_bucket}/a")).ShouldStartWith(
            $"--range: '{range}' is not a first and a last byte"
        );

    [Fact]
    public async Task Url_is_printed_encoded_by_name_and_by_id()
    {
        var id = await UploadAsync(_bucket, "a b#?.txt");

        var byName = await SucceedAsync("file", "url", $"b2://{_bucket}/a b#?.txt");
        var byId = await SucceedAsync("file", "url", $"b2id://{id}");

        byName.ShouldBe($"{Realm}/file/{_bucket}/a%20b%23%3F.txt\n");
        byId.ShouldMatch($"^{Realm}/b2api/v\\d/b2_download_file_by_id\\?fileId={id}\n$");
        (await RunAsync("file", "url", "--json", $"b2id://{id}")).Json.GetProperty("url").GetString().ShouldBe(byId.TrimEnd());
    }

    [Fact]
    public async Task A_url_with_a_token_can_be_fetched_by_anybody()
    {
        await UploadAsync(_bucket, "a b", NewContent(500));

        var url = (await SucceedAsync("file", "url", "--with-auth", "--duration", "60", $"b2://{_bucket}/a b")).TrimEnd('\n');

        url.ShouldStartWith($"{Realm}/file/{_bucket}/a%20b?Authorization=");
        using var client = new HttpClient();
        (await client.GetByteArrayAsync(new Uri(url), Stop)).ShouldBe(NewContent(500));
    }

    [Fact]
    public async Task A_token_is_for_names_alone()
    {
        (await FailAsync(ExitCodes.Misuse, "file", "url", "--with-auth", "b2id://4_z1")).ShouldContain(
            "--with-auth needs a b2://bucket/name"
        );
    }

    [Fact]
    public async Task A_duration_without_a_token_does_nothing_and_says_so()
    {
        var result = await RunAsync("file", "url", "--duration", "60", $"b2://{_bucket}/a");

        result.Code.ShouldBe(0);
        result.Out.ShouldBe(await SucceedAsync("file", "url", $"b2://{_bucket}/a"));
        result.Error.ShouldBe("WARNING: --duration does nothing without --with-auth.\n");
    }

    [Fact]
    public async Task Cat_prints_the_content_and_nothing_else()
    {
        var id = await UploadAsync(_bucket, "a", NewContent(100_000));

        var result = await RunAsync("file", "cat", $"b2://{_bucket}/a");

        result.Error.ShouldBe("");
        result.OutBytes.ShouldBe(NewContent(100_000));
        (await RunAsync("file", "cat", "--threads", "1", $"b2id://{id}")).OutBytes.ShouldBe(NewContent(100_000));
    }

    [Fact]
    public async Task Cat_draws_no_bar_into_a_terminal_that_shows_the_content()
    {
        await UploadAsync(_bucket, "a");

        (await RunAsync(["file", "cat", $"b2://{_bucket}/a"], new() { IsOutput = true, IsError = true })).Error.ShouldBe("");
        (await RunAsync(["file", "cat", $"b2://{_bucket}/a"], new() { IsError = true })).Error.ShouldContain("100%");
    }

    [Fact]
    public async Task Hide_prints_the_marker_and_unhide_the_marker_that_it_deleted()
    {
        await UploadAsync(_bucket, "a");

        var hidden = await RunAsync("file", "hide", $"b2://{_bucket}/a");
        var while_hidden = await SucceedAsync("ls", $"b2://{_bucket}");
        var shown = await SucceedAsync("file", "unhide", $"b2://{_bucket}/a");

        hidden.Error.ShouldBe("");
        hidden.Json.GetProperty("action").GetString().ShouldBe("hide");
        while_hidden.ShouldBe("");
        shown.ShouldBe(
            $$"""
            {
                "action": "delete",
                "fileId": "{{hidden.Json.GetProperty("fileId")}}",
                "fileName": "a"
            }

            """
        );
        (await SucceedAsync("ls", $"b2://{_bucket}")).ShouldBe("a\n");
    }

    [Fact]
    public async Task The_older_form_of_hide_works_with_a_warning_and_a_version_is_no_name()
    {
        var id = await UploadAsync(_bucket, "a");

        (await RunAsync("file", "hide", _bucket, "a")).Error.ShouldBe(
            $"WARNING: 'file hide BUCKET NAME' is an older form. Use 'b2 file hide b2://{_bucket}/a'.\n"
        );
        await SucceedAsync("file", "unhide", $"b2id://{id}");
        (await FailAsync(ExitCodes.Misuse, "file", "hide", $"b2id://{id}")).ShouldContain("cannot be hidden");
    }

    [Fact]
    public async Task What_is_not_hidden_is_not_unhidden_and_what_is_not_there_is_named()
    {
        await UploadAsync(_bucket, "a");

        (await FailAsync(ExitCodes.Failure, "file", "unhide", $"b2://{_bucket}/a")).ShouldContain("'a' is not hidden");
        (await FailAsync(ExitCodes.Failure, "file", "unhide", $"b2://{_bucket}/nothing")).ShouldContain("nothing");
        (await FailAsync(ExitCodes.Failure, "file", "hide", $"b2://{_bucket}/nothing")).ShouldContain("nothing");
        (await FailAsync(ExitCodes.Failure, "file", "info", $"b2://{_bucket}/nothing")).ShouldBe("There is no file 'nothing'.");
    }

    [Theory]
    [InlineData("Nothing is to be changed.")]
    [InlineData("Nothing is to be changed.", "--bypass-governance")]
    [InlineData("--legal-hold: 'maybe' is not one of on, off.", "--legal-hold", "maybe")]
    [InlineData("--file-retention-mode compliance or governance and --retain-until go together.", "--file-retention-mode", "governance")]
    [InlineData("--file-retention-mode compliance or governance and --retain-until go together.", "--retain-until", "2050-01-01")]
    [InlineData("--retain-until: 'noon' is not a time", "--file-retention-mode", "governance", "--retain-until", "noon")]
    public async Task A_protection_that_cannot_be_is_refused_with_2(string reason, params string[] more)
    {
        (await FailAsync(ExitCodes.Misuse, ["file", "update", $"b2://{_bucket}/a", .. more])).ShouldContain(reason);
    }

    [Theory]
    [InlineData("--destination-server-side-encryption SSE-C needs the key, in base64, in B2_DESTINATION_SSE_C_KEY_B64.", null)]
    [InlineData("B2_DESTINATION_SSE_C_KEY_B64: The encryption key is not base64.", "%%%")]
    [InlineData("B2_DESTINATION_SSE_C_KEY_B64: The encryption key has 3 bytes; AES-256 takes 32.", "YWJj")]
    public async Task A_key_of_ones_own_that_is_none_is_refused_with_2(string reason, string? key)
    {
        Environment["B2_DESTINATION_SSE_C_KEY_ID"] = "mine";
        if (key is not null)
        {
            Environment["B2_DESTINATION_SSE_C_KEY_B64"] = key;
        }
        var path = await NewFileAsync("a");

        (await FailAsync(ExitCodes.Misuse, "file", "upload", "--destination-server-side-encryption", "SSE-C", _bucket, path, "a")).ShouldBe(
            reason
        );
    }
}
