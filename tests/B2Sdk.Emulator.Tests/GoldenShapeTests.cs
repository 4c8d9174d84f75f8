namespace B2Sdk.Emulator.Tests;

/// <summary>Every answer, in every version, has the members and kinds of values that the golden files lay down.</summary>
public sealed class GoldenShapeTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private static readonly byte[] Hello = "hello"u8.ToArray();
    private static readonly byte[] First = B2Wire.Bytes(EmulatorFixture.MinimumPartSize, (byte)'a');
    private static readonly byte[] Last = B2Wire.Bytes(100, (byte)'b');

    public static TheoryData<string> Versions => ["v1", "v2", "v3", "v4"];

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S25"), Trait("Fact", "S26"), Trait("Fact", "S27"), Trait("Fact", "S28")]
    public async Task Authorizations(string version)
    {
        var b2 = await NewAccountAsync(version);
        string[] buckets = version == "v4" ? [await b2.CreateBucketAsync(), await b2.CreateBucketAsync()] : [await b2.CreateBucketAsync()];

        var limited = await b2.WithKeyAsync(["listBuckets", "listFiles"], buckets, "photos/", 86_400, version);

        b2.Authorization.ShouldHaveShape("b2_authorize_account", version);
        limited.Authorization.ShouldHaveShape("b2_authorize_account", version, "restricted");
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S62")]
    public async Task Buckets(string version)
    {
        var b2 = await NewAccountAsync(version);
        var name = NewBucketName();

        var plain = await CallAsync(b2, "b2_create_bucket", "minimal", ("accountId", b2.AccountId), ("bucketName", name));
        var (id, revision) = (plain["bucketId"], plain["revision"]);
        await CallAsync(b2, "b2_create_bucket", null, ("accountId", b2.AccountId), ("bucketName", name + "-2"));
        await CallAsync(b2, "b2_list_buckets", null, ("accountId", b2.AccountId));
        var reader = (await b2.WithKeyAsync(["listBuckets"])).As(version);
        var query = Golden.Request("b2_list_buckets", "by-id", ("accountId", b2.AccountId), ("bucketId", id));
        (await reader.OkAsync("b2_list_buckets", query)).ShouldHaveShape("b2_list_buckets", version, "unreadable");
        query = Golden.Request("b2_list_buckets", "by-name", ("accountId", b2.AccountId), ("bucketName", "no-such-bucket"));
        (await b2.OkAsync("b2_list_buckets", query)).ShouldHaveShape("b2_list_buckets", version, "empty");
        await CallAsync(b2, "b2_update_bucket", null, ("accountId", b2.AccountId), ("bucketId", id), ("ifRevisionIs", revision));
        await CallAsync(b2, "b2_update_bucket", "clear", ("accountId", b2.AccountId), ("bucketId", id));
        await CallAsync(b2, "b2_update_bucket", "replication", ("accountId", b2.AccountId), ("bucketId", id));
        var clear = new JsonObject
        {
            ["accountId"] = b2.AccountId,
            ["bucketId"] = id!.DeepClone(),
            ["replicationConfiguration"] = new JsonObject(),
        };
        await b2.OkAsync("b2_update_bucket", clear);
        await CallAsync(b2, "b2_delete_bucket", null, ("accountId", b2.AccountId), ("bucketId", id));
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S93"), Trait("Fact", "S95"), Trait("Fact", "S161"), Trait("Fact", "S163")]
    public async Task Files(string version)
    {
        var (b2, bucketId) = await NewBucketAsync(version);
        (string, JsonNode?) bucket = ("bucketId", bucketId);

        await CallAsync(b2, "b2_get_upload_url", null, bucket);
        var unverified = await UploadAsync(b2, bucketId, Golden.Headers("b2_upload_file", "do-not-verify"), Hello);
        unverified.ShouldHaveShape("b2_upload_file", version, version == "v1" ? null : "do-not-verify");
        byte[] withDigits = [.. Hello, .. Encoding.ASCII.GetBytes(B2Wire.Sha1(Hello))];
        (await UploadAsync(b2, bucketId, Golden.Headers("b2_upload_file", "digits-at-end"), withDigits)).ShouldHaveShape(
            "b2_upload_file",
            version
        );
        var file = await UploadAsync(b2, bucketId, Golden.Headers("b2_upload_file"), Hello);
        file.ShouldHaveShape("b2_upload_file", version);
        foreach (var given in (string[])["contentLength", "contentMd5", "contentSha1", "contentType", "fileName"])
        {
            file[given]!.ToJsonString().ShouldBe(Golden.Response("b2_upload_file")[given]!.ToJsonString());
        }

        await CallAsync(b2, "b2_get_file_info", null, ("fileId", file["fileId"]));
        await CallAsync(b2, "b2_copy_file", null, ("sourceFileId", file["fileId"]));
        if (version != "v1")
        {
            await CallAsync(b2, "b2_copy_file", "replace", ("sourceFileId", file["fileId"]), ("destinationBucketId", bucketId));
            var limited = (await b2.WithKeyAsync(["writeFiles", "readFiles"])).As(version);
            var bare = await UploadAsync(limited, bucketId, Golden.Headers("b2_upload_file"), Hello);
            bare.ShouldHaveShape("b2_upload_file", version, "unreadable");
            (await limited.OkAsync("b2_get_file_info", new() { ["fileId"] = bare["fileId"]!.DeepClone() })).ShouldHaveShape(
                "b2_get_file_info",
                version,
                "unreadable"
            );
        }

        await b2.UploadAsync(bucketId, "docs/old.txt");
        var marker = await CallAsync(b2, "b2_hide_file", null, bucket);
        if (version != "v1")
        {
            (await b2.OkAsync("b2_get_file_info", new() { ["fileId"] = marker["fileId"]!.DeepClone() })).ShouldHaveShape(
                "b2_get_file_info",
                version,
                "hide"
            );
        }

        await CallAsync(b2, "b2_delete_file_version", null, ("fileId", file["fileId"]));
        await CallAsync(b2, "b2_get_download_authorization", null, bucket);
        await CallAsync(b2, "b2_get_download_authorization", "overrides", bucket);
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S161"), Trait("Fact", "S157"), Trait("Fact", "S162")]
    public async Task Listings(string version)
    {
        var (b2, bucketId) = await NewBucketAsync(version);
        JsonObject Body(string operation, string? variant) => Golden.Request(operation, variant, ("bucketId", bucketId));
        async Task ShapeAsync(string operation, string? variant, JsonObject body) =>
            (await b2.OkAsync(operation, body)).ShouldHaveShape(operation, version, variant);

        await ShapeAsync("b2_list_file_names", "empty", Body("b2_list_file_names", "minimal"));
        await ShapeAsync("b2_list_file_versions", "empty", Body("b2_list_file_versions", "minimal"));
        await UploadAsync(b2, bucketId, Golden.Headers("b2_upload_file"), Hello);
        var folder = Body("b2_list_file_names", null);
        (folder["prefix"], folder["startFileName"]) = ("", "");
        await ShapeAsync("b2_list_file_names", "folder", folder);
        folder["startFileId"] = null;
        await ShapeAsync("b2_list_file_versions", "folder", folder);

        var large = await NewLargeFileAsync(b2, bucketId);
        await FinishAsync(b2, large);
        await ShapeAsync("b2_list_file_names", null, Body("b2_list_file_names", "minimal"));
        var page = Body("b2_list_file_names", "minimal");
        page["maxFileCount"] = 1;
        await ShapeAsync("b2_list_file_names", "page", page);

        await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = "videos/film.bin", ["fileId"] = large["fileId"]!.DeepClone() });
        await b2.UploadAsync(bucketId, "docs/old.txt");
        await b2.OkAsync("b2_hide_file", Golden.Request("b2_hide_file", null, ("bucketId", bucketId)));
        await NewLargeFileAsync(b2, bucketId);
        var versions = await b2.OkAsync("b2_list_file_versions", Body("b2_list_file_versions", "minimal"));
        versions.ShouldHaveShape("b2_list_file_versions", version);
        await ShapeAsync("b2_list_file_versions", "page", page);
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S126"), Trait("Fact", "S128"), Trait("Fact", "S138"), Trait("Fact", "S144")]
    public async Task Large_files(string version)
    {
        var (b2, bucketId) = await NewBucketAsync(version);
        var source = await b2.UploadAsync(bucketId, "docs/grüße.txt");
        var unfinished = Golden.Request("b2_list_unfinished_large_files", "minimal", ("bucketId", bucketId));
        (await b2.OkAsync("b2_list_unfinished_large_files", (JsonObject)unfinished.DeepClone())).ShouldHaveShape(
            "b2_list_unfinished_large_files",
            version,
            "empty"
        );

        var started = await b2.OkAsync("b2_start_large_file", Golden.Request("b2_start_large_file", null, ("bucketId", bucketId)));
        (string, JsonNode?) fileId = ("fileId", started["fileId"]);
        if (version != "v1")
        {
            started.ShouldHaveShape("b2_start_large_file", version);
            await CallAsync(b2, "b2_list_unfinished_large_files", "minimal", ("bucketId", bucketId));
        }

        (await b2.OkAsync("b2_list_parts", Golden.Request("b2_list_parts", "minimal", fileId))).ShouldHaveShape(
            "b2_list_parts",
            version,
            "empty"
        );
        await CallAsync(b2, "b2_copy_part", null, ("sourceFileId", source["fileId"]), ("largeFileId", started["fileId"]));
        await CallAsync(b2, "b2_get_upload_part_url", null, fileId);
        await UploadPartsAsync(b2, started, version);
        await CallAsync(b2, "b2_list_parts", null, fileId);
        var page = Golden.Request("b2_list_parts", null, fileId, ("maxPartCount", 1));
        (await b2.OkAsync("b2_list_parts", page)).ShouldHaveShape("b2_list_parts", version, "page");
        (await FinishAsync(b2, started)).ShouldHaveShape("b2_finish_large_file", version);
        if (version != "v1")
        {
            (await b2.OkAsync("b2_get_file_info", Golden.Request("b2_get_file_info", null, fileId))).ShouldHaveShape(
                "b2_get_file_info",
                version,
                "large"
            );
        }

        var other = await b2.StartLargeFileAsync(bucketId, "videos/film.bin");
        await CallAsync(b2, "b2_cancel_large_file", null, ("fileId", other));
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S47"), Trait("Fact", "S48"), Trait("Fact", "S49")]
    public async Task Keys(string version)
    {
        var (b2, bucketId) = await NewBucketAsync(version);
        (string, JsonNode?) account = ("accountId", b2.AccountId);
        (await b2.OkAsync("b2_list_keys", Golden.Request("b2_list_keys", "minimal", account))).ShouldHaveShape(
            "b2_list_keys",
            version,
            "empty"
        );
        var restriction =
            version == "v4" ? ("bucketIds", B2Wire.Strings(bucketId, await b2.CreateBucketAsync())) : ("bucketId", (JsonNode)bucketId);

        var plain = await b2.OkAsync("b2_create_key", Golden.Request("b2_create_key", null, account));
        var limited = await b2.OkAsync(
            "b2_create_key",
            Golden.Request("b2_create_key", version == "v4" ? "restricted" : "v3.restricted", account, restriction)
        );
        plain.ShouldHaveShape("b2_create_key", version);
        limited.ShouldHaveShape("b2_create_key", version, "restricted");
        var listed = await b2.OkAsync("b2_list_keys", Golden.Request("b2_list_keys", "minimal", account));
        // Ids decide the order, and which of two keys has the smaller one is nobody's promise.
        var unrestrictedFirst = listed["keys"]!.AsArray().OrderBy(k => k!["namePrefix"] is not null).Select(k => k!.DeepClone());
        listed["keys"] = new JsonArray([.. unrestrictedFirst]);
        listed.ShouldHaveShape("b2_list_keys", version);
        await CallAsync(b2, "b2_delete_key", null, ("applicationKeyId", plain["applicationKeyId"]));
        (
            await b2.OkAsync("b2_delete_key", Golden.Request("b2_delete_key", null, ("applicationKeyId", limited["applicationKeyId"])))
        ).ShouldHaveShape("b2_delete_key", version, "restricted");
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S203")]
    public async Task Notification_rules(string version)
    {
        var (b2, bucketId) = await NewBucketAsync(version);
        var get = Golden.Request("b2_get_bucket_notification_rules", null, ("bucketId", bucketId));
        (await b2.OkAsync("b2_get_bucket_notification_rules", get)).ShouldHaveShape("b2_get_bucket_notification_rules", version, "empty");

        await CallAsync(b2, "b2_set_bucket_notification_rules", null, ("bucketId", bucketId));
        await CallAsync(b2, "b2_get_bucket_notification_rules", null, ("bucketId", bucketId));
        await CallAsync(b2, "b2_set_bucket_notification_rules", "clear", ("bucketId", bucketId));
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S5")]
    public async Task Errors(string version)
    {
        var b2 = await NewAccountAsync(version);

        var refusal = await b2.RefusedAsync("b2_list_file_names", new() { ["bucketId"] = "ffffffffffffffffffffffff" }, 400);

        refusal.Json.ShouldHaveShape("error", version);
    }

    /// <summary>Sends the golden request and holds the answer against the golden answer that goes with it.</summary>
    private static async Task<JsonObject> CallAsync(
        B2Wire b2,
        string operation,
        string? variant,
        params (string Name, JsonNode? Value)[] replaced
    )
    {
        var answer = await b2.OkAsync(operation, Golden.Request(operation, variant, replaced));
        // Some variants of a request have an answer of their own, for others the plain one will do.
        answer.ShouldHaveShape(operation, b2.Version, Golden.HasResponse(operation, b2.Version, variant) ? variant : null);
        return answer;
    }

    private static async Task<JsonObject> UploadAsync(B2Wire b2, string bucketId, (string, string)[] headers, byte[] body) =>
        (await B2Wire.PostBytesAsync(await b2.UploadUrlAsync(bucketId), body, headers)).ShouldBeOk().Json;

    private static Task<JsonObject> NewLargeFileAsync(B2Wire b2, string bucketId) =>
        b2.OkAsync("b2_start_large_file", Golden.Request("b2_start_large_file", null, ("bucketId", bucketId)));

    private static async Task<JsonObject> FinishAsync(B2Wire b2, JsonObject started)
    {
        await UploadPartsAsync(b2, started, b2.Version);
        return await b2.OkAsync(
            "b2_finish_large_file",
            Golden.Request(
                "b2_finish_large_file",
                null,
                ("fileId", started["fileId"]),
                ("partSha1Array", B2Wire.Strings(B2Wire.Sha1(First), B2Wire.Sha1(Last)))
            )
        );
    }

    private static async Task UploadPartsAsync(B2Wire b2, JsonObject started, string version)
    {
        var target = await b2.PartUrlAsync(B2Wire.Text(started["fileId"]));
        (await B2Wire.UploadPartAsync(target, 1, First)).ShouldBeOk().Json.ShouldHaveShape("b2_upload_part", version);
        var second = await B2Wire.PostBytesAsync(target, Last, Golden.Headers("b2_upload_part"));
        second.ShouldBeOk().Json.ShouldHaveShape("b2_upload_part", version);
    }
}
