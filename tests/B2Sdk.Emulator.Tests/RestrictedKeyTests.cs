namespace B2Sdk.Emulator.Tests;

/// <summary>Keys bound to buckets and to names that begin in one way.</summary>
public sealed class RestrictedKeyTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private static readonly string[] FileRights = ["listBuckets", "listFiles", "readFiles", "writeFiles", "deleteFiles", "shareFiles"];

    [Fact, Trait("Fact", "S72"), Trait("Fact", "S74")]
    public async Task A_bucket_key_lists_its_bucket_when_it_names_it()
    {
        var master = await NewAccountAsync();
        var (ownName, foreignName) = (NewBucketName(), NewBucketName());
        var own = await master.CreateBucketAsync(ownName);
        var foreign = await master.CreateBucketAsync(foreignName);

        foreach (var version in (string[])["v2", "v3", "v4"])
        {
            var b2 = await master.WithKeyAsync(FileRights, [own], version: version);
            JsonObject Query(string field, string value) => new() { ["accountId"] = b2.AccountId, [field] = value };

            (await b2.OkAsync("b2_list_buckets", Query("bucketId", own)))["buckets"]!.AsArray().Count.ShouldBe(1);
            (await b2.OkAsync("b2_list_buckets", Query("bucketName", ownName)))["buckets"]!.AsArray().Count.ShouldBe(1);
            await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, 401, "unauthorized");
            await b2.RefusedAsync("b2_list_buckets", Query("bucketId", foreign), 401, "unauthorized");
            await b2.RefusedAsync("b2_list_buckets", Query("bucketName", foreignName), 401, "unauthorized");
            await b2.RefusedAsync("b2_list_buckets", Query("bucketName", "no-such-bucket"), 401, "unauthorized");
        }
    }

    [Fact, Trait("Fact", "S73")]
    public async Task In_v1_a_bucket_key_is_shown_just_its_bucket()
    {
        var (master, own) = await NewBucketAsync();
        await master.CreateBucketAsync();
        var b2 = await master.WithKeyAsync(FileRights, [own], version: "v1");

        var buckets = (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray();

        buckets.Select(b => B2Wire.Text(b!["bucketId"])).ShouldBe([own]);
    }

    [Fact, Trait("Fact", "S74")]
    public async Task A_key_to_two_buckets_opens_those_two()
    {
        var (master, first) = await NewBucketAsync();
        var second = await master.CreateBucketAsync();
        var third = await master.CreateBucketAsync();
        var b2 = await master.WithKeyAsync(FileRights, [first, second]);

        await b2.UploadAsync(first, "a.txt");
        await b2.UploadAsync(second, "a.txt");
        await b2.RefusedAsync("b2_get_upload_url", new() { ["bucketId"] = third }, 401, "unauthorized");
        await b2.RefusedAsync("b2_list_file_names", new() { ["bucketId"] = third }, 401, "unauthorized");
        await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, 401, "unauthorized");
    }

    [Fact]
    public async Task A_bucket_key_cannot_reach_files_of_another_bucket_by_id()
    {
        var master = await NewAccountAsync();
        var foreignName = NewBucketName();
        var own = await master.CreateBucketAsync();
        var foreign = await master.CreateBucketAsync(foreignName);
        var fileId = B2Wire.IdOf(await master.UploadAsync(foreign, "a.txt"));
        var large = await master.StartLargeFileAsync(foreign, "large");
        var b2 = await master.WithKeyAsync(FileRights, [own]);

        await b2.RefusedAsync("b2_get_file_info", new() { ["fileId"] = fileId }, 401, "unauthorized");
        await b2.RefusedAsync("b2_hide_file", new() { ["bucketId"] = foreign, ["fileName"] = "a.txt" }, 401, "unauthorized");
        await b2.RefusedAsync("b2_delete_file_version", new() { ["fileName"] = "a.txt", ["fileId"] = fileId }, 401, "unauthorized");
        await b2.RefusedAsync("b2_cancel_large_file", new() { ["fileId"] = large }, 401, "unauthorized");
        await b2.RefusedAsync("b2_get_upload_part_url", new() { ["fileId"] = large }, 401, "unauthorized");
        await b2.RefusedAsync("b2_list_parts", new() { ["fileId"] = large }, 401, "unauthorized");
        await b2.RefusedAsync(
            "b2_copy_file",
            new()
            {
                ["sourceFileId"] = fileId,
                ["fileName"] = "b.txt",
                ["destinationBucketId"] = own,
            },
            401,
            "unauthorized"
        );
        (await b2.DownloadByIdAsync(fileId)).ShouldBeRefused(401, "unauthorized");
        (await b2.DownloadByNameAsync(foreignName, "a.txt")).ShouldBeRefused(401, "unauthorized");
    }

    [Fact, Trait("Fact", "S74")]
    public async Task A_bucket_key_cannot_find_out_which_files_other_buckets_have()
    {
        var master = await NewAccountAsync();
        var own = await master.CreateBucketAsync();
        var foreign = await master.CreateBucketAsync();
        var there = B2Wire.IdOf(await master.UploadAsync(foreign, "a.txt"));
        var b2 = await master.WithKeyAsync([.. FileRights, "writeFileRetentions", "writeFileLegalHolds"], [own]);
        var largeFileId = await b2.StartLargeFileAsync(own, "large");

        foreach (var fileId in (string[])[there, there.Replace("_f1", "_f2", StringComparison.Ordinal)])
        {
            JsonObject Id() => new() { ["fileId"] = fileId };
            JsonObject File() => new() { ["fileName"] = "a.txt", ["fileId"] = fileId };
            async Task RefuseAsync(string operation, JsonObject body) => await b2.RefusedAsync(operation, body, 401, "unauthorized");

            await RefuseAsync("b2_get_file_info", Id());
            await RefuseAsync("b2_cancel_large_file", Id());
            await RefuseAsync("b2_get_upload_part_url", Id());
            await RefuseAsync("b2_list_parts", Id());
            await RefuseAsync("b2_finish_large_file", With(Id(), "partSha1Array", B2Wire.Strings(new string('0', 40))));
            await RefuseAsync("b2_delete_file_version", File());
            await RefuseAsync("b2_update_file_legal_hold", With(File(), "legalHold", "on"));
            await RefuseAsync("b2_update_file_retention", With(File(), "fileRetention", new JsonObject { ["mode"] = null }));
            await RefuseAsync(
                "b2_copy_file",
                new()
                {
                    ["sourceFileId"] = fileId,
                    ["fileName"] = "b",
                    ["destinationBucketId"] = own,
                }
            );
            JsonObject Part(string source, string target) =>
                new()
                {
                    ["sourceFileId"] = source,
                    ["largeFileId"] = target,
                    ["partNumber"] = 1,
                };
            await RefuseAsync("b2_copy_part", Part(fileId, largeFileId));
            await RefuseAsync("b2_copy_part", Part(B2Wire.IdOf(await b2.UploadAsync(own, "own")), fileId));
            (await b2.DownloadByIdAsync(fileId)).ShouldBeRefused(401, "unauthorized");
        }
    }

    private static JsonObject With(JsonObject body, string name, JsonNode value)
    {
        body[name] = value;
        return body;
    }

    [Fact, Trait("Fact", "S31"), Trait("Fact", "S72")]
    public async Task A_key_to_a_bucket_that_is_gone_lists_no_bucket()
    {
        var (master, bucketId) = await NewBucketAsync();
        var b2 = await master.WithKeyAsync(FileRights, [bucketId]);
        await master.OkAsync("b2_delete_bucket", new() { ["accountId"] = master.AccountId, ["bucketId"] = bucketId });

        var listed = await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId, ["bucketId"] = bucketId });

        listed["buckets"]!.AsArray().ShouldBeEmpty();
        await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, 401, "unauthorized");
    }

    [Fact]
    public async Task A_bucket_key_cannot_find_out_which_buckets_exist()
    {
        var (master, own) = await NewBucketAsync();
        var b2 = await master.WithKeyAsync(FileRights, [own]);
        var missing = own[..^4] + (own.EndsWith("0000", StringComparison.Ordinal) ? "1111" : "0000");

        await b2.RefusedAsync("b2_list_file_names", new() { ["bucketId"] = missing }, 401, "unauthorized");
        await b2.RefusedAsync("b2_get_upload_url", new() { ["bucketId"] = missing }, 401, "unauthorized");
    }

    [Fact, Trait("Fact", "S119")]
    public async Task A_prefix_key_uploads_only_under_its_prefix()
    {
        var (master, bucketId) = await NewBucketAsync();
        var b2 = await master.WithKeyAsync(FileRights, [bucketId], "photos/");
        var target = await b2.UploadUrlAsync(bucketId);

        (await B2Wire.UploadAsync(target, "photos/a.jpg", [1])).ShouldBeOk();
        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "videos/a.mp4", [1])).ShouldBeRefused(401, "unauthorized");
        await b2.RefusedAsync(
            "b2_start_large_file",
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = "videos/a.mp4",
                ["contentType"] = "video/mp4",
            },
            401,
            "unauthorized"
        );

        (await master.VersionsAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["photos/a.jpg"]);
    }

    [Fact, Trait("Fact", "S160")]
    public async Task A_prefix_key_lists_only_with_its_prefix()
    {
        var (master, bucketId) = await NewBucketAsync();
        await master.UploadAsync(bucketId, "photos/a.jpg");
        await master.UploadAsync(bucketId, "videos/a.mp4");
        var b2 = await master.WithKeyAsync(FileRights, [bucketId], "photos/");

        foreach (var operation in (string[])["b2_list_file_names", "b2_list_file_versions"])
        {
            foreach (var version in (string[])["v2", "v3", "v4"])
            {
                var wire = b2.As(version);
                JsonObject Query(string prefix) => new() { ["bucketId"] = bucketId, ["prefix"] = prefix };

                B2Wire.Rows(await wire.OkAsync(operation, Query("photos/"))).Count.ShouldBe(1);
                B2Wire.Rows(await wire.OkAsync(operation, Query("photos/a"))).Count.ShouldBe(1);
                await wire.RefusedAsync(operation, new() { ["bucketId"] = bucketId }, 401, "unauthorized");
                await wire.RefusedAsync(operation, Query("photos"), 401, "unauthorized");
                await wire.RefusedAsync(operation, Query("videos/"), 401, "unauthorized");
            }

            var filtered = B2Wire.Rows(await b2.As("v1").OkAsync(operation, new() { ["bucketId"] = bucketId }));
            filtered.Select(B2Wire.NameOf).ShouldBe(["photos/a.jpg"]);
        }

        await b2.RefusedAsync("b2_list_unfinished_large_files", new() { ["bucketId"] = bucketId }, 401, "unauthorized");
        await b2.OkAsync("b2_list_unfinished_large_files", new() { ["bucketId"] = bucketId, ["namePrefix"] = "photos/" });
    }

    [Fact]
    public async Task A_prefix_needs_no_bucket()
    {
        var (master, first) = await NewBucketAsync();
        var second = await master.CreateBucketAsync();
        var b2 = await master.WithKeyAsync(FileRights, bucketIds: null, namePrefix: "photos/");

        await b2.UploadAsync(first, "photos/a.jpg");
        await b2.UploadAsync(second, "photos/a.jpg");
        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(first), "videos/a", [1])).ShouldBeRefused(401, "unauthorized");
    }

    [Fact]
    public async Task A_prefix_key_reads_changes_and_shares_only_under_its_prefix()
    {
        var master = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await master.CreateBucketAsync(name);
        var inside = B2Wire.IdOf(await master.UploadAsync(bucketId, "photos/a.jpg"));
        var outside = B2Wire.IdOf(await master.UploadAsync(bucketId, "videos/a.mp4"));
        var b2 = await master.WithKeyAsync(FileRights, [bucketId], "photos/");
        JsonObject Copy(string source, string target) => new() { ["sourceFileId"] = source, ["fileName"] = target };
        JsonObject Share(string prefix) =>
            new()
            {
                ["bucketId"] = bucketId,
                ["fileNamePrefix"] = prefix,
                ["validDurationInSeconds"] = 60,
            };

        (await b2.DownloadByNameAsync(name, "photos/a.jpg")).ShouldBeOk();
        (await b2.DownloadByIdAsync(inside)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "videos/a.mp4")).ShouldBeRefused(401, "unauthorized");
        (await b2.DownloadByIdAsync(outside)).ShouldBeRefused(401, "unauthorized");
        await b2.OkAsync("b2_get_file_info", new() { ["fileId"] = inside });
        await b2.RefusedAsync("b2_get_file_info", new() { ["fileId"] = outside }, 401, "unauthorized");
        await b2.OkAsync("b2_copy_file", Copy(inside, "photos/b.jpg"));
        await b2.RefusedAsync("b2_copy_file", Copy(inside, "videos/b.jpg"), 401, "unauthorized");
        await b2.RefusedAsync("b2_copy_file", Copy(outside, "photos/c.mp4"), 401, "unauthorized");
        var elsewhere = Copy(outside.Replace("_f1", "_f2", StringComparison.Ordinal), "videos/c.mp4");
        elsewhere["destinationBucketId"] = bucketId;
        await b2.RefusedAsync("b2_copy_file", elsewhere, 401, "unauthorized");
        await b2.OkAsync("b2_get_download_authorization", Share("photos/2026/"));
        await b2.RefusedAsync("b2_get_download_authorization", Share(""), 401, "unauthorized");
        await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "photos/b.jpg" });
        await b2.RefusedAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "videos/a.mp4" }, 401, "unauthorized");
        await b2.RefusedAsync("b2_delete_file_version", new() { ["fileName"] = "videos/a.mp4", ["fileId"] = outside }, 401, "unauthorized");
        await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = "photos/a.jpg", ["fileId"] = inside });
    }

    [Fact, Trait("Fact", "S82"), Trait("Fact", "S83")]
    public async Task Settings_a_key_may_not_read_are_wrapped_and_empty()
    {
        var (master, bucketId) = await NewBucketAsync();
        var b2 = await master.WithKeyAsync(["listBuckets"]);

        var bucket = await b2.BucketAsync(bucketId);

        foreach (var name in (string[])["defaultServerSideEncryption", "fileLockConfiguration", "replicationConfiguration"])
        {
            bucket[name]!.ToJsonString().ShouldBe("""{"isClientAuthorizedToRead":false,"value":null}""", name);
        }
    }

    [Fact, Trait("Fact", "S201")]
    public async Task Lock_states_a_key_may_not_read_are_wrapped_and_empty()
    {
        var (master, bucketId) = await NewBucketAsync();
        await master.UploadAsync(bucketId, "a.txt");
        var b2 = await master.WithKeyAsync(["listFiles", "readFiles", "writeFiles"]);

        var row = (await b2.NamesAsync(bucketId)).Single();
        var info = await b2.OkAsync("b2_get_file_info", new() { ["fileId"] = B2Wire.IdOf(row) });
        var uploaded = await b2.UploadAsync(bucketId, "b.txt");

        foreach (var file in (JsonObject[])[row, info, uploaded])
        {
            file["fileRetention"]!.ToJsonString().ShouldBe("""{"isClientAuthorizedToRead":false,"value":null}""");
            file["legalHold"]!.ToJsonString().ShouldBe("""{"isClientAuthorizedToRead":false,"value":null}""");
        }
    }
}
