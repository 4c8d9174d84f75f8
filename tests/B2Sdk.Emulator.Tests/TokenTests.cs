namespace B2Sdk.Emulator.Tests;

/// <summary>Which token opens what, and what a key may not do.</summary>
public sealed class TokenTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact, Trait("Fact", "S36")]
    public async Task A_made_up_token_is_a_bad_token()
    {
        var (b2, bucketId) = await NewBucketAsync();

        foreach (var token in (string[])["made-up", "4_0008d1c0f42b7aa0000000001_01b0_acct_x=", b2.Token + "x", b2.Token[..^1]])
        {
            (await b2.CallAsync("b2_list_file_names", new() { ["bucketId"] = bucketId }, token)).ShouldBeRefused(401, "bad_auth_token");
            (await b2.DownloadByNameAsync("whatever", "a.txt", token: token)).ShouldBeRefused(401, "bad_auth_token");
        }
    }

    [Fact, Trait("Fact", "S38")]
    public async Task A_missing_token_is_named_as_such()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);

        var call = new HttpRequestMessage(HttpMethod.Post, b2.UrlOf("b2_list_file_names"))
        {
            Content = B2Wire.JsonBody($$"""{"bucketId":"{{bucketId}}"}"""),
        };
        (await B2Wire.SendAsync(call)).ShouldBeRefused(401, "missing_auth_token");
        (await B2Wire.UploadAsync(target, "a.txt", [1], ("Authorization", ""))).ShouldBeRefused(401, "missing_auth_token");
    }

    [Fact, Trait("Fact", "S39")]
    public async Task An_account_token_does_not_upload()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var large = await b2.StartLargeFileAsync(bucketId, "large");
        var target = await b2.UploadUrlAsync(bucketId);
        var partTarget = await b2.PartUrlAsync(large);

        (await B2Wire.UploadAsync(target, "a.txt", [1], ("Authorization", b2.Token))).ShouldBeRefused(401, "bad_auth_token");
        (await B2Wire.UploadPartAsync(partTarget, 1, [1], ("Authorization", b2.Token))).ShouldBeRefused(401, "bad_auth_token");
        (await B2Wire.UploadAsync(target, "a.txt", [1], ("Authorization", partTarget.Token))).ShouldBeRefused(401, "bad_auth_token");
        (await B2Wire.UploadPartAsync(partTarget, 1, [1], ("Authorization", target.Token))).ShouldBeRefused(401, "bad_auth_token");
    }

    [Fact, Trait("Fact", "S40"), Trait("Fact", "S41")]
    public async Task Upload_and_download_tokens_do_not_call()
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await b2.CreateBucketAsync(name);
        await b2.UploadAsync(bucketId, "a.txt");
        var large = await b2.StartLargeFileAsync(bucketId, "large");
        string[] tokens =
        [
            (await b2.UploadUrlAsync(bucketId)).Token,
            (await b2.PartUrlAsync(large)).Token,
            await b2.DownloadTokenAsync(bucketId),
        ];

        foreach (var token in tokens)
        {
            (await b2.CallAsync("b2_list_file_names", new() { ["bucketId"] = bucketId }, token)).Status.ShouldBe(401);
            (await b2.CallAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, token)).Status.ShouldBe(401);
        }

        (await b2.DownloadByNameAsync(name, "a.txt", token: tokens[0])).Status.ShouldBe(401);
        (await b2.DownloadByNameAsync(name, "a.txt", token: tokens[1])).Status.ShouldBe(401);
    }

    public static TheoryData<string, string> CapabilityOfOperation =>
        new()
        {
            { "b2_cancel_large_file", "writeFiles" },
            { "b2_copy_file", "writeFiles" },
            { "b2_copy_file", "readFiles" },
            { "b2_copy_part", "writeFiles" },
            { "b2_copy_part", "readFiles" },
            { "b2_create_bucket", "writeBuckets" },
            { "b2_create_key", "writeKeys" },
            { "b2_delete_bucket", "deleteBuckets" },
            { "b2_delete_file_version", "deleteFiles" },
            { "b2_delete_key", "deleteKeys" },
            { "b2_finish_large_file", "writeFiles" },
            { "b2_get_download_authorization", "shareFiles" },
            { "b2_get_file_info", "readFiles" },
            { "b2_get_upload_part_url", "writeFiles" },
            { "b2_get_upload_url", "writeFiles" },
            { "b2_hide_file", "writeFiles" },
            { "b2_list_buckets", "listBuckets" },
            { "b2_list_file_names", "listFiles" },
            { "b2_list_file_versions", "listFiles" },
            { "b2_list_keys", "listKeys" },
            { "b2_list_parts", "writeFiles" },
            { "b2_list_unfinished_large_files", "listFiles" },
            { "b2_start_large_file", "writeFiles" },
            { "b2_update_bucket", "writeBuckets" },
        };

    [Theory, MemberData(nameof(CapabilityOfOperation)), Trait("Fact", "S42")]
    public async Task Without_its_capability_a_call_is_unauthorized(string operation, string capability)
    {
        var (master, bucketId) = await NewBucketAsync();
        string[] all = [.. master.Storage["allowed"]!["capabilities"]!.AsArray().Select(c => c!.GetValue<string>())];
        var body = await BadInputTests.ValidBodyAsync(master, bucketId, operation);
        // A key with writeBucketXyz may update just those fields, so those would blur what is tested here.
        var b2 = await master.WithKeyAsync([
            .. all.Where(c =>
                c != capability && !(operation == "b2_update_bucket" && c.StartsWith("writeBucket", StringComparison.Ordinal))
            ),
        ]);

        await b2.RefusedAsync(operation, body, 401, "unauthorized");
    }

    [Theory, MemberData(nameof(CapabilityOfOperation)), Trait("Fact", "S42")]
    public async Task With_its_capability_a_call_is_not_unauthorized(string operation, string capability)
    {
        var (master, bucketId) = await NewBucketAsync();
        string[] rights = operation.StartsWith("b2_copy", StringComparison.Ordinal) ? ["readFiles", "writeFiles"] : [capability];
        var body = await BadInputTests.ValidBodyAsync(master, bucketId, operation);
        var b2 = await master.WithKeyAsync(rights);

        (await b2.CallAsync(operation, body)).Status.ShouldNotBe(401);
    }

    [Fact, Trait("Fact", "S42")]
    public async Task Downloads_need_the_right_to_read()
    {
        var master = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await master.CreateBucketAsync(name);
        var fileId = B2Wire.IdOf(await master.UploadAsync(bucketId, "a.txt"));
        var reader = await master.WithKeyAsync(["readFiles"]);
        var lister = await master.WithKeyAsync(["listFiles"]);

        (await reader.DownloadByNameAsync(name, "a.txt")).ShouldBeOk();
        (await reader.DownloadByIdAsync(fileId)).ShouldBeOk();
        (await lister.DownloadByNameAsync(name, "a.txt")).ShouldBeRefused(401, "unauthorized");
        (await lister.DownloadByIdAsync(fileId)).ShouldBeRefused(401, "unauthorized");
    }

    [Fact, Trait("Fact", "S42")]
    public async Task A_copy_out_of_a_public_bucket_needs_no_right_to_read()
    {
        var (master, bucketId) = await NewBucketAsync(type: "allPublic");
        var fileId = B2Wire.IdOf(await master.UploadAsync(bucketId, "a.txt"));
        var writer = await master.WithKeyAsync(["writeFiles"]);

        await writer.OkAsync("b2_copy_file", new() { ["sourceFileId"] = fileId, ["fileName"] = "b.txt" });
    }

    [Fact, Trait("Fact", "S45")]
    public async Task The_tokens_of_a_deleted_key_are_dead()
    {
        var (master, bucketId) = await NewBucketAsync();
        var b2 = await master.WithKeyAsync(["listFiles", "writeFiles"]);
        var target = await b2.UploadUrlAsync(bucketId);

        await master.OkAsync("b2_delete_key", new() { ["applicationKeyId"] = b2.KeyId });

        await b2.RefusedAsync("b2_list_file_names", new() { ["bucketId"] = bucketId }, 401, "bad_auth_token");
        (await B2Wire.UploadAsync(target, "a.txt", [1])).ShouldBeRefused(401, "bad_auth_token");
    }

    [Fact, Trait("Fact", "S46")]
    public async Task Logging_in_again_leaves_older_tokens_alive()
    {
        var account = await NewEmulatorAccountAsync();

        var first = await B2Wire.AuthorizeAsync(Emulator.Url, account);
        var second = await B2Wire.AuthorizeAsync(Emulator.Url, account);

        second.Token.ShouldNotBe(first.Token);
        await first.OkAsync("b2_list_buckets", new() { ["accountId"] = first.AccountId });
        await second.OkAsync("b2_list_buckets", new() { ["accountId"] = second.AccountId });
    }
}
