namespace B2Sdk.Cli.Tests;

public sealed class BucketTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task What_has_no_result_prints_an_empty_object_as_JSON()
    {
        var bucket = await NewBucketAsync();

        (await SucceedAsync("bucket", "delete", bucket, "--json")).ShouldBe("{}\n");
        (await SucceedAsync("account", "clear", "--json")).ShouldBe("{}\n");
    }

    [Fact]
    public async Task Create_prints_the_id_alone()
    {
        var name = NewBucketName();

        var id = await SucceedAsync("bucket", "create", name, "allPublic");

        (await SucceedAsync("bucket", "list")).ShouldBe($"{id.TrimEnd()}  allPublic   {name}\n");
    }

    [Fact]
    public async Task Buckets_are_listed_by_name_with_id_type_and_name_in_columns()
    {
        var first = await SucceedAsync("bucket", "create", "aa-" + NewBucketName(), "allPrivate");
        var second = await SucceedAsync("bucket", "create", "zz-" + NewBucketName(), "allPublic");

        var lines = (await SucceedAsync("bucket", "list")).Split('\n');

        lines.Length.ShouldBe(3);
        lines[0].ShouldMatch($"^{first.TrimEnd()}  allPrivate  aa-test-[0-9a-f]{{32}}$");
        lines[1].ShouldMatch($"^{second.TrimEnd()}  allPublic   zz-test-[0-9a-f]{{32}}$");
        (await SucceedAsync("ls")).ShouldBe(string.Join('\n', lines));
    }

    [Fact]
    public async Task Json_has_every_member_in_order()
    {
        var name = NewBucketName();
        var created = await RunAsync(
            "bucket",
            "create",
            $"b2://{name}",
            "allPrivate",
            "--json",
            "--bucket-info",
            """{"b": "zwei", "a": "ü"}""",
            "--lifecycle-rule",
            """{"fileNamePrefix": "logs/", "daysFromUploadingToHiding": 7}"""
        );

        created.Error.ShouldBe("");
        var id = created.Json.GetProperty("bucketId").GetString();
        created.Out.ShouldBe(
            $$"""
            {
                "accountId": "{{Account.AccountId}}",
                "bucketId": "{{id}}",
                "bucketInfo": {
                    "a": "\u00fc",
                    "b": "zwei"
                },
                "bucketName": "{{name}}",
                "bucketType": "allPrivate",
                "corsRules": [],
                "defaultRetention": {
                    "mode": null
                },
                "defaultServerSideEncryption": {
                    "mode": "none"
                },
                "isFileLockEnabled": false,
                "lifecycleRules": [
                    {
                        "daysFromHidingToDeleting": null,
                        "daysFromStartingToCancelingUnfinishedLargeFiles": null,
                        "daysFromUploadingToHiding": 7,
                        "fileNamePrefix": "logs/"
                    }
                ],
                "options": [
                    "s3"
                ],
                "replication": {
                    "asReplicationDestination": null,
                    "asReplicationSource": null
                },
                "revision": {{created.Json.GetProperty("revision")}}
            }

            """
        );
        var listed = await SucceedAsync("bucket", "list", "--json");
        listed.ShouldBe($"[\n    {created.Out.TrimEnd().Replace("\n", "\n    ")}\n]\n");
    }

    [Fact]
    public async Task Quiet_says_nothing_but_json()
    {
        (await SucceedAsync("bucket", "create", NewBucketName(), "allPrivate", "-q")).ShouldBe("");
        (await SucceedAsync("bucket", "list", "--quiet")).ShouldBe("");
        (await SucceedAsync("bucket", "list", "--quiet", "--json")).ShouldStartWith("[\n    {\n");
    }

    [Fact]
    public async Task An_empty_bucket_is_deleted_without_a_word()
    {
        var name = await NewBucketAsync();

        (await SucceedAsync("bucket", "delete", name)).ShouldBe("");

        (await SucceedAsync("bucket", "list")).ShouldBe("");
    }

    [Fact]
    public async Task A_bucket_with_files_is_not_deleted()
    {
        var name = await NewBucketAsync();
        await UploadAsync(name, "a");

        (await FailAsync(ExitCodes.Failure, "bucket", "delete", name)).ShouldStartWith($"The bucket '{name}' is not empty. ");
        (await RunAsync("bucket", "delete", name, "--json")).Error.ShouldContain("\"code\":\"cannot_delete_non_empty_bucket\"");

        (await SucceedAsync("bucket", "list")).ShouldContain(name);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        var name = NewBucketName();

        (await FailAsync(ExitCodes.Failure, "bucket", "delete", name)).ShouldContain(name);
    }

    [Fact]
    public async Task A_taken_name_is_refused()
    {
        var name = await NewBucketAsync();

        (await FailAsync(ExitCodes.Failure, "bucket", "create", name, "allPrivate")).ShouldContain("duplicate_bucket_name");
    }

    [Theory]
    [InlineData("short")]
    [InlineData("under_score")]
    [InlineData("b2-reserved")]
    [InlineData("sixty-four-characters-are-one-more-than-what-a-bucket-may-have-0")]
    public async Task A_name_that_cannot_be_a_buckets_is_refused_with_2(string name)
    {
        (await FailAsync(ExitCodes.Misuse, "bucket", "create", name, "allPrivate")).ShouldContain(name);

        (await SucceedAsync("bucket", "list")).ShouldBe("");
    }

    [Theory]
    [InlineData("--bucket-info", "not json", "--bucket-info: 'not json' is not JSON. It looks like {\"owner\": \"me\"}.")]
    [InlineData(
        "--bucket-info",
        """{"a": 1}""",
        """--bucket-info: '{"a": 1}' is not what it should be at a. It looks like {"owner": "me"}."""
    )]
    [InlineData("--bucket-info", "null", "--bucket-info is null.")]
    [InlineData("--cors-rules", """{"corsRuleName": "no array"}""", "' is not what it should be. It looks like [{")]
    [InlineData("--lifecycle-rule", """{"fileNamePrefixx": ""}""", "is not what it should be at fileNamePrefixx. It looks like {")]
    [InlineData("--lifecycle-rule", "{}", "' is not what it should be. It looks like {\"fileNamePrefix\": ")]
    [InlineData("--lifecycle-rules", """[{"daysFromHidingToDeleting": "one"}]""", "at [0].daysFromHidingToDeleting. It looks like [{")]
    public async Task Settings_that_are_not_the_json_they_should_be_are_refused_with_2(string option, string json, string reason)
    {
        (await FailAsync(ExitCodes.Misuse, "bucket", "create", NewBucketName(), "allPrivate", option, json)).ShouldContain(reason);

        (await SucceedAsync("bucket", "list")).ShouldBe("");
    }
}
