namespace B2Sdk.Cli.Tests;

public sealed class BucketSettingsTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task Get_prints_what_create_printed()
    {
        var name = NewBucketName();
        var created = await SucceedAsync("bucket", "create", name, "allPublic", "--json", "--bucket-info", """{"a": "b"}""");

        (await SucceedAsync("bucket", "get", name)).ShouldBe(created);
        (await SucceedAsync("bucket", "get", $"b2://{name}/", "--json")).ShouldBe(created);
    }

    [Fact]
    public async Task The_size_counts_all_versions()
    {
        var name = await NewBucketAsync();
        await UploadAsync(name, "a", NewContent(100));
        await UploadAsync(name, "a", NewContent(200));
        await UploadAsync(name, "b/c", NewContent(3));

        var text = await SucceedAsync("bucket", "get", name, "--show-size");

        text.ShouldContain(",\n    \"fileCount\": 3,\n    \"isFileLockEnabled\"");
        text.ShouldContain(",\n    \"totalSize\": 303\n}\n");
    }

    [Fact]
    public async Task Counting_is_shown_on_a_terminal_and_gone_at_the_end()
    {
        var name = await NewBucketAsync();
        await UploadAsync(name, "a", NewContent(100));

        var watched = await RunAsync(["bucket", "get", name, "--show-size"], new() { IsError = true });

        watched.Json.GetProperty("fileCount").GetInt64().ShouldBe(1);
        watched.Error.ShouldEndWith("\r\e[K");
        watched.Error.ShouldNotContain("\n");
        (await RunAsync("bucket", "get", name, "--show-size", "--progress", "plain")).Error.ShouldBe($"{name}: 1 versions, 100 B\n");
        (await RunAsync("bucket", "get", name, "--show-size", "--progress", "json")).Error.ShouldBe(
            $$"""{"bytes":100,"event":"progress","files":1,"name":"{{name}}"}{{"\n"}}"""
        );
        (await RunAsync("bucket", "get", name, "--show-size")).Error.ShouldBe("");
    }

    [Fact]
    public async Task What_means_nothing_beside_none_is_taken_as_the_python_tool_takes_it()
    {
        var name = await NewBucketAsync();

        var retention = await RunAsync(
            "bucket",
            "update",
            name,
            "--file-lock-enabled",
            "--default-retention-mode",
            "none",
            "--default-retention-period",
            "3 days"
        );
        var encryption = await RunAsync(
            "bucket",
            "update",
            name,
            "--default-server-side-encryption",
            "none",
            "--default-server-side-encryption-algorithm",
            "AES256"
        );

        retention.Error.ShouldBe("");
        retention.Json.GetProperty("defaultRetention").GetProperty("mode").GetString().ShouldBeNull();
        encryption.Code.ShouldBe(0);
        encryption.Error.ShouldBe(
            "WARNING: --default-server-side-encryption-algorithm does nothing without --default-server-side-encryption SSE-B2.\n"
        );
        encryption.Json.GetProperty("defaultServerSideEncryption").GetProperty("mode").GetString().ShouldBe("none");
    }

    [Fact, Trait("Need", "48")]
    public async Task Update_changes_what_is_mentioned_and_keeps_the_rest()
    {
        var name = NewBucketName();
        await SucceedAsync(
            "bucket",
            "create",
            name,
            "allPrivate",
            "--bucket-info",
            """{"a": "b"}""",
            "--lifecycle-rule",
            """{"fileNamePrefix": "", "daysFromHidingToDeleting": 1}"""
        );

        await SucceedAsync("bucket", "update", name, "allPublic");
        var updated = await RunAsync("bucket", "update", name, "--bucket-info", """{"c": "d"}""");

        updated.Error.ShouldBe("");
        updated.Json.GetProperty("bucketType").GetString().ShouldBe("allPublic");
        updated.Json.GetProperty("bucketInfo").GetRawText().ShouldNotContain("\"a\"");
        updated.Json.GetProperty("bucketInfo").GetProperty("c").GetString().ShouldBe("d");
        updated.Json.GetProperty("lifecycleRules")[0].GetProperty("daysFromHidingToDeleting").GetInt32().ShouldBe(1);
        (await SucceedAsync("bucket", "get", name)).ShouldBe(updated.Out);
    }

    [Fact]
    public async Task Rules_are_replaced_as_a_whole()
    {
        var name = await NewBucketAsync();

        var cors =
            """[{"corsRuleName": "download", "allowedOrigins": ["https://example.com"], "allowedOperations": ["b2_download_file_by_name"], "maxAgeSeconds": 60}]""";
        await SucceedAsync(
            "bucket",
            "update",
            name,
            "--cors-rules",
            cors,
            "--lifecycle-rules",
            """[{"fileNamePrefix": "x/", "daysFromUploadingToHiding": 2}]"""
        );
        var updated = await RunAsync("bucket", "update", name, "--cors-rules", "[]");

        updated.Json.GetProperty("corsRules").GetArrayLength().ShouldBe(0);
        updated.Json.GetProperty("lifecycleRules").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_update_of_a_bucket_that_somebody_changed_is_refused()
    {
        var name = await NewBucketAsync();
        var revision = (await RunAsync("bucket", "get", name)).Json.GetProperty("revision").GetRawText();
        await SucceedAsync("bucket", "update", name, "allPublic");

        await FailAsync(ExitCodes.Failure, "bucket", "update", name, "allPrivate", "--if-revision-is", revision);

        (await RunAsync("bucket", "get", name)).Json.GetProperty("bucketType").GetString().ShouldBe("allPublic");
    }

    [Theory]
    [InlineData("Nothing is to be changed.")]
    [InlineData("Nothing is to be changed.", "--if-revision-is", "1")]
    [InlineData("'shared' is not one of allPrivate, allPublic.", "shared")]
    [InlineData(
        "--default-retention-mode compliance or governance and --default-retention-period go together.",
        "--default-retention-mode",
        "governance"
    )]
    [InlineData(
        "--default-retention-mode compliance or governance and --default-retention-period go together.",
        "--default-retention-period",
        "3 days"
    )]
    [InlineData(
        "--default-retention-period: '3  days' is not a number",
        "--default-retention-mode",
        "governance",
        "--default-retention-period",
        "3  days"
    )]
    [InlineData(
        "--default-retention-period: '0 days' is not a number",
        "--default-retention-mode",
        "governance",
        "--default-retention-period",
        "0 days"
    )]
    [InlineData(
        "--default-retention-period: '3 weeks' is not a number",
        "--default-retention-mode",
        "governance",
        "--default-retention-period",
        "3 weeks"
    )]
    [InlineData("--default-server-side-encryption: 'SSE-C' is not one of SSE-B2, none.", "--default-server-side-encryption", "SSE-C")]
    [InlineData("--replication: '[]' is not what it should be. It looks like {", "--replication", "[]")]
    [InlineData("Give --lifecycle-rule or --lifecycle-rules, not both.", "--lifecycle-rule", "{}", "--lifecycle-rules", "[]")]
    public async Task A_setting_that_cannot_be_is_refused_with_2(string reason, params string[] more)
    {
        var name = await NewBucketAsync();

        (await FailAsync(ExitCodes.Misuse, ["bucket", "update", name, .. more])).ShouldContain(reason);
    }

    [Fact]
    public async Task A_token_for_downloads_is_printed_alone_and_works_for_names_that_start_so()
    {
        var name = await NewBucketAsync();
        await UploadAsync(name, "in/a");
        await UploadAsync(name, "out/a");

        var token = (await SucceedAsync("bucket", "get-download-auth", name, "--prefix", "in/", "--duration", "1h")).TrimEnd('\n');

        (await DownloadAsync($"{Realm}/file/{name}/in/a", token)).ShouldBe(200);
        (await DownloadAsync($"{Realm}/file/{name}/out/a", token)).ShouldBe(401);
        (await RunAsync("bucket", "get_download_auth", name, "--json")).Json.GetProperty("fileNamePrefix").GetString().ShouldBe("");
        (await FailAsync(ExitCodes.Misuse, "bucket", "get-download-auth", name, "--duration", "8d")).ShouldContain("7 days");
    }

    private static async Task<int> DownloadAsync(string url, string token)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token).ShouldBeTrue();
        using var response = await client.GetAsync(new Uri(url), Stop);
        return (int)response.StatusCode;
    }
}
