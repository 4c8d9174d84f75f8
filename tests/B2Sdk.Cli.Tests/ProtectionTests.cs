using System.Text.Json;

namespace B2Sdk.Cli.Tests;

/// <summary>Retention, legal holds and encryption.</summary>
public sealed class ProtectionTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private const string Until = "2060-01-31";
    private const long UntilMilliseconds = 2_842_732_800_000;
    private static readonly string Key = Convert.ToBase64String(NewContent(32));

    [Fact]
    public async Task A_bucket_is_made_lockable_with_a_default_retention_and_loses_it_again()
    {
        var name = NewBucketName();
        await SucceedAsync("bucket", "create", name, "allPrivate", "--file-lock-enabled");

        var kept = await RunAsync(
            "bucket",
            "update",
            name,
            "--default-retention-mode",
            "governance",
            "--default-retention-period",
            "3 days"
        );
        var freed = await RunAsync("bucket", "update", name, "--default-retention-mode", "none");

        kept.Error.ShouldBe("");
        kept.Json.GetProperty("isFileLockEnabled").GetBoolean().ShouldBeTrue();
        var retention = kept.Json.GetProperty("defaultRetention");
        retention.GetProperty("mode").GetString().ShouldBe("governance");
        retention.GetProperty("period").GetProperty("duration").GetInt32().ShouldBe(3);
        retention.GetProperty("period").GetProperty("unit").GetString().ShouldBe("days");
        freed.Json.GetProperty("defaultRetention").GetProperty("mode").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_bucket_can_be_made_lockable_later()
    {
        var name = await NewBucketAsync();

        var updated = await RunAsync("bucket", "update", name, "--file-lock-enabled");

        updated.Json.GetProperty("isFileLockEnabled").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_bucket_encrypts_by_default_until_it_is_told_not_to()
    {
        var name = NewBucketName();
        await SucceedAsync(
            "bucket",
            "create",
            name,
            "allPrivate",
            "--default-server-side-encryption",
            "SSE-B2",
            "--default-server-side-encryption-algorithm",
            "AES256"
        );
        var path = await NewFileAsync("a");

        var file = await RunAsync("file", "upload", "--json", name, path, "a");
        var got = await RunAsync("bucket", "get", name);
        var updated = await RunAsync("bucket", "update", name, "--default-server-side-encryption", "none");

        file.Json.GetProperty("serverSideEncryption").GetProperty("mode").GetString().ShouldBe("SSE-B2");
        got.Json.GetProperty("defaultServerSideEncryption").GetProperty("algorithm").GetString().ShouldBe("AES256");
        updated.Json.GetProperty("defaultServerSideEncryption").GetProperty("mode").GetString().ShouldBe("none");
    }

    [Fact]
    public async Task A_file_is_uploaded_with_retention_and_hold_and_described_so()
    {
        var name = await NewLockableBucketAsync();
        var path = await NewFileAsync("a");

        var file = await RunAsync(
            "file",
            "upload",
            "--json",
            name,
            path,
            "a",
            "--file-retention-mode",
            "compliance",
            "--retain-until",
            Until,
            "--legal-hold",
            "on"
        );
        var download = await SucceedAsync("file", "download", $"b2://{name}/a", PathOf("copy"));

        file.Error.ShouldBe("");
        file.Json.GetProperty("fileRetention").GetProperty("mode").GetString().ShouldBe("compliance");
        file.Json.GetProperty("fileRetention").GetProperty("retainUntilTimestamp").GetInt64().ShouldBe(UntilMilliseconds);
        file.Json.GetProperty("legalHold").GetString().ShouldBe("on");
        download.ShouldContain("Retention:           mode=compliance, retainUntil=2060-01-31 00:00:00+00:00\n");
        download.ShouldContain("Legal hold:          on\n");
    }

    [Fact]
    public async Task A_file_is_held_kept_and_let_go()
    {
        var name = await NewLockableBucketAsync();
        var id = await UploadAsync(name, "a");

        var silent = await SucceedAsync(
            "file",
            "update",
            $"b2://{name}/a",
            "--legal-hold",
            "on",
            "--file-retention-mode",
            "governance",
            "--retain-until",
            $"{UntilMilliseconds}"
        );
        var kept = await RunAsync("file", "info", $"b2id://{id}");
        var refused = await FailAsync(ExitCodes.Failure, "file", "update", $"b2id://{id}", "--file-retention-mode", "none");
        var freed = await RunAsync(
            "file",
            "update",
            $"b2id://{id}",
            "--file-retention-mode",
            "none",
            "--bypass-governance",
            "--legal-hold",
            "off",
            "--json"
        );

        silent.ShouldBe("");
        kept.Json.GetProperty("legalHold").GetString().ShouldBe("on");
        kept.Json.GetProperty("fileRetention").GetProperty("mode").GetString().ShouldBe("governance");
        refused.ShouldContain("a");
        freed.Error.ShouldBe("");
        freed.Json.GetProperty("legalHold").GetString().ShouldBe("off");
        freed.Json.GetProperty("fileRetention").GetProperty("mode").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_file_in_a_bucket_that_is_not_lockable_is_not_held()
    {
        var name = await NewBucketAsync();
        await UploadAsync(name, "a");

        await FailAsync(ExitCodes.Failure, "file", "update", $"b2://{name}/a", "--legal-hold", "on");
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(EmulatorFixture.RecommendedPartSize * 2)]
    public async Task A_key_of_ones_own_encrypts_and_reads_a_file(int length)
    {
        var name = await NewBucketAsync();
        var path = await NewFileAsync("a", NewContent(length));
        Environment["B2_DESTINATION_SSE_C_KEY_B64"] = Key;
        Environment["B2_DESTINATION_SSE_C_KEY_ID"] = "my key";

        var file = await RunAsync("file", "upload", "--json", name, path, "a", "--destination-server-side-encryption", "SSE-C");
        var without = await RunAsync("file", "cat", $"b2://{name}/a");
        Environment["B2_SOURCE_SSE_C_KEY_B64"] = Key;
        var with = await RunAsync("file", "cat", $"b2://{name}/a", "--source-server-side-encryption", "SSE-C");

        file.Error.ShouldBe("");
        file.Json.GetProperty("serverSideEncryption")
            .ToString()
            .ShouldBe(
                """
                {
                        "algorithm": "AES256",
                        "customerKey": "******",
                        "customerKeyMd5": "******",
                        "mode": "SSE-C"
                    }
                """
            );
        file.Json.GetProperty("fileInfo").GetProperty("sse_c_key_id").GetString().ShouldBe("my key");
        file.Out.ShouldNotContain(Key);
        without.Code.ShouldBe(ExitCodes.Failure);
        without.OutBytes.ShouldBeEmpty();
        with.Error.ShouldBe("");
        with.OutBytes.ShouldBe(NewContent(length));
    }

    [Fact]
    public async Task An_algorithm_alone_encrypts_nothing_and_says_so()
    {
        var name = await NewBucketAsync();
        var path = await NewFileAsync("a");

        var file = await RunAsync("file", "upload", "--json", "--destination-server-side-encryption-algorithm", "AES256", name, path, "a");

        file.Error.ShouldBe(
            "WARNING: --destination-server-side-encryption-algorithm does nothing without --destination-server-side-encryption.\n"
        );
        file.Json.GetProperty("serverSideEncryption").GetProperty("mode").GetString().ShouldBe("none");
    }

    [Fact]
    public async Task A_retention_that_is_taken_away_may_name_a_time()
    {
        var name = NewBucketName();
        await SucceedAsync("bucket", "create", name, "allPrivate", "--file-lock-enabled");
        var id = await UploadAsync(name, "a");

        (await SucceedAsync("file", "update", $"b2id://{id}", "--file-retention-mode", "none", "--retain-until", "2050-01-01")).ShouldBe(
            ""
        );
    }

    [Fact]
    public async Task A_key_without_a_name_gets_a_notice()
    {
        var name = await NewBucketAsync();
        var path = await NewFileAsync("a");
        Environment["B2_DESTINATION_SSE_C_KEY_B64"] = Key;

        var file = await RunAsync("file", "upload", name, path, "a", "--destination-server-side-encryption", "SSE-C", "--no-progress");

        file.Code.ShouldBe(0);
        file.Error.ShouldContain("B2_DESTINATION_SSE_C_KEY_ID");
        file.Error.ShouldNotContain(Key);
    }

    [Fact]
    public async Task A_key_that_may_not_read_settings_sees_that_they_are_unknown()
    {
        var name = await NewLockableBucketAsync();
        var id = await UploadAsync(name, "a");
        await SucceedAsync("file", "update", $"b2://{name}/a", "--legal-hold", "on");
        var words = (await SucceedAsync("key", "create", "plain", "listBuckets,listFiles,readFiles")).Split(' ', '\n');
        Environment["B2_APPLICATION_KEY_ID"] = words[0];
        Environment["B2_APPLICATION_KEY"] = words[1];

        var file = await RunAsync("file", "info", $"b2id://{id}");
        var bucket = await RunAsync("bucket", "get", name);

        file.Json.GetProperty("legalHold").GetString().ShouldBe("unknown");
        file.Json.GetProperty("fileRetention").GetProperty("mode").GetString().ShouldBe("unknown");
        bucket.Json.GetProperty("isFileLockEnabled").ValueKind.ShouldBe(JsonValueKind.Null);
        (await SucceedAsync("file", "download", $"b2id://{id}", PathOf("copy"))).ShouldContain(
            "Legal hold:          <unauthorized to read>\n"
        );
    }

    private async Task<string> NewLockableBucketAsync()
    {
        var name = NewBucketName();
        await SucceedAsync("bucket", "create", name, "allPrivate", "--file-lock-enabled");
        return name;
    }
}
