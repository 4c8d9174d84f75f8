namespace B2Sdk.Emulator.Tests;

/// <summary>One account never sees or touches what belongs to another.</summary>
public sealed class IsolationTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact]
    public async Task Accounts_see_their_own_buckets_and_keys_only()
    {
        var (ours, _) = await NewBucketAsync();
        await ours.CreateKeyAsync(["listFiles"]);
        var theirs = await NewAccountAsync();

        (await theirs.OkAsync("b2_list_buckets", new() { ["accountId"] = theirs.AccountId }))["buckets"]!.AsArray().ShouldBeEmpty();
        (await theirs.OkAsync("b2_list_keys", new() { ["accountId"] = theirs.AccountId }))["keys"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("b2_list_buckets")]
    [InlineData("b2_list_keys")]
    [InlineData("b2_create_bucket")]
    [InlineData("b2_create_key")]
    [InlineData("b2_update_bucket")]
    [InlineData("b2_delete_bucket")]
    public async Task Another_accounts_id_is_unauthorized(string operation)
    {
        var (ours, bucketId) = await NewBucketAsync();
        var theirs = await NewAccountAsync();
        var body = await BadInputTests.ValidBodyAsync(ours, bucketId, operation);

        await theirs.RefusedAsync(operation, body, 401, "unauthorized");
    }

    [Fact]
    public async Task Another_accounts_buckets_and_files_are_out_of_reach()
    {
        var ours = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await ours.CreateBucketAsync(name);
        var fileId = B2Wire.IdOf(await ours.UploadAsync(bucketId, "a.txt"));
        var large = await ours.StartLargeFileAsync(bucketId, "large");
        var key = await ours.CreateKeyAsync(["listFiles"]);
        var before = await ours.VersionsAsync(bucketId);
        var theirs = await NewAccountAsync();
        JsonObject Bucket() => new() { ["bucketId"] = bucketId };
        JsonObject File(string id) => new() { ["fileId"] = id };

        WireReply[] replies =
        [
            await theirs.CallAsync("b2_get_upload_url", Bucket()),
            await theirs.CallAsync("b2_list_file_names", Bucket()),
            await theirs.CallAsync("b2_list_file_versions", Bucket()),
            await theirs.CallAsync("b2_list_unfinished_large_files", Bucket()),
            await theirs.CallAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "a.txt" }),
            await theirs.CallAsync("b2_delete_bucket", new() { ["accountId"] = theirs.AccountId, ["bucketId"] = bucketId }),
            await theirs.CallAsync("b2_update_bucket", new() { ["accountId"] = theirs.AccountId, ["bucketId"] = bucketId }),
            await theirs.CallAsync("b2_get_file_info", File(fileId)),
            await theirs.CallAsync("b2_get_upload_part_url", File(large)),
            await theirs.CallAsync("b2_list_parts", File(large)),
            await theirs.CallAsync("b2_cancel_large_file", File(large)),
            await theirs.CallAsync("b2_finish_large_file", new() { ["fileId"] = large, ["partSha1Array"] = new JsonArray() }),
            await theirs.CallAsync("b2_delete_file_version", new() { ["fileName"] = "a.txt", ["fileId"] = fileId }),
            await theirs.CallAsync("b2_delete_key", new() { ["applicationKeyId"] = key["applicationKeyId"]!.DeepClone() }),
            await theirs.CallAsync(
                "b2_get_download_authorization",
                new()
                {
                    ["bucketId"] = bucketId,
                    ["fileNamePrefix"] = "",
                    ["validDurationInSeconds"] = 60,
                }
            ),
            await theirs.DownloadByIdAsync(fileId),
            await theirs.DownloadByNameAsync(name, "a.txt"),
        ];

        replies.ShouldAllBe(r => r.Status == 400 || r.Status == 401 || r.Status == 404);
        (await ours.VersionsAsync(bucketId)).Select(f => f.ToJsonString()).ShouldBe(before.Select(f => f.ToJsonString()));
        await ours.OkAsync("b2_list_parts", File(large));
        (await ours.OkAsync("b2_list_keys", new() { ["accountId"] = ours.AccountId }))["keys"]!.AsArray().Count.ShouldBe(1);
    }
}
