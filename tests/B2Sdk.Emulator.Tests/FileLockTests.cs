namespace B2Sdk.Emulator.Tests;

/// <summary>Locks of files: how they are asked for, what copies do with them, and to whom they show.</summary>
public sealed class FileLockTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string Nothing = """{"mode":null,"retainUntilTimestamp":null}""";
    private const string Withheld = "X-Bz-Client-Unauthorized-To-Read";
    private const string LockHeaders = "X-Bz-File-Retention-Mode,X-Bz-File-Retention-Retain-Until-Timestamp,X-Bz-File-Legal-Hold";
    private static readonly long Later = TimeProvider.System.GetUtcNow().AddDays(30).ToUnixTimeMilliseconds();

    [Fact, Trait("Need", "D27")]
    public async Task A_copy_takes_no_lock_from_its_source()
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateLockedBucketAsync();
        var source = await b2.UploadAsync(
            bucketId,
            "a",
            headers: [.. B2Wire.RetentionHeaders("governance", Later), ("X-Bz-File-Legal-Hold", "on")]
        );
        var body = new JsonObject { ["sourceFileId"] = B2Wire.IdOf(source), ["fileName"] = "b" };

        var plain = await b2.OkAsync("b2_copy_file", (JsonObject)body.DeepClone());
        (body["fileRetention"], body["legalHold"]) = (B2Wire.Retention("compliance", Later), "off");
        var locked = await b2.OkAsync("b2_copy_file", body);

        B2Wire.Readable(plain, "fileRetention").ShouldBe(Nothing);
        B2Wire.Readable(plain, "legalHold").ShouldBeNull();
        B2Wire.Readable(locked, "fileRetention").ShouldBe(B2Wire.Retention("compliance", Later).ToJsonString());
        B2Wire.Readable(locked, "legalHold").ShouldBe("\"off\"");
    }

    [Theory, Trait("Fact", "S43"), Trait("Fact", "S193")]
    [InlineData("fileRetention", """{"mode":"governance","retainUntilTimestamp":4102444800000}""")]
    [InlineData("legalHold", "\"on\"")]
    [InlineData("legalHold", "\"off\"")]
    public async Task Copies_and_large_files_ask_for_locks_as_uploads_do(string setting, string value)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var writer = await b2.WithKeyAsync(["writeFiles", "readFiles"]);
        var source = await b2.UploadAsync(bucketId, "a");
        JsonObject Copy() =>
            new()
            {
                ["sourceFileId"] = B2Wire.IdOf(source),
                ["fileName"] = "b",
                [setting] = JsonNode.Parse(value),
            };
        JsonObject Start() =>
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = "b",
                ["contentType"] = "text/plain",
                [setting] = JsonNode.Parse(value),
            };

        await writer.RefusedAsync("b2_copy_file", Copy(), 401, "unauthorized");
        await writer.RefusedAsync("b2_start_large_file", Start(), 401, "unauthorized");
        await b2.RefusedAsync("b2_copy_file", Copy(), 400, "bucket_missing_file_lock");
        await b2.RefusedAsync("b2_start_large_file", Start(), 400, "bucket_missing_file_lock");

        (await b2.VersionsAsync(bucketId)).Count.ShouldBe(1);
    }

    [Fact, Trait("Fact", "S194")]
    public async Task No_retention_at_all_cannot_be_asked_for_where_there_is_a_default()
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateLockedBucketAsync();
        await b2.UpdateBucketAsync(
            bucketId,
            "defaultRetention",
            JsonNode.Parse("""{"mode":"governance","period":{"duration":1,"unit":"years"}}""")
        );
        var start = new JsonObject
        {
            ["bucketId"] = bucketId,
            ["fileName"] = "a",
            ["contentType"] = "text/plain",
            ["fileRetention"] = B2Wire.Retention(null, null),
        };

        var file = await b2.OkAsync("b2_start_large_file", start);

        var arrival = DateTimeOffset.FromUnixTimeMilliseconds(file["uploadTimestamp"]!.GetValue<long>());
        var until = file["fileRetention"]!["value"]!["retainUntilTimestamp"]!.GetValue<long>();
        until.ShouldBe(arrival.AddYears(1).ToUnixTimeMilliseconds());
        // What is asked counts more than the default.
        var own = await b2.UploadAsync(bucketId, "b", headers: B2Wire.RetentionHeaders("compliance", Later));
        B2Wire.Readable(own, "fileRetention").ShouldBe(B2Wire.Retention("compliance", Later).ToJsonString());
    }

    public static TheoryData<string, string> HalfRetentions =>
        new()
        {
            { "governance", "" },
            { "", $"{Later}" },
            { "Governance", $"{Later}" },
            { "governance", "tomorrow" },
            { "governance", $"{Later}.5" },
        };

    [Theory, MemberData(nameof(HalfRetentions))]
    public async Task A_retention_in_headers_is_whole_or_refused(string mode, string until)
    {
        var b2 = await NewAccountAsync();
        var target = await b2.UploadUrlAsync(await b2.CreateLockedBucketAsync());
        (string, string)[] headers = [("X-Bz-File-Retention-Mode", mode), ("X-Bz-File-Retention-Retain-Until-Timestamp", until)];

        (await B2Wire.UploadAsync(target, "a", [1], headers)).ShouldBeRefused(400, "bad_request");
        (await B2Wire.UploadAsync(target, "a", [1], ("X-Bz-File-Legal-Hold", "ON"))).ShouldBeRefused(400, "bad_request");
    }

    [Theory]
    [InlineData("""{"mode":"governance"}""")]
    [InlineData("""{"mode":"governance","retainUntilTimestamp":"1770604800000"}""")]
    [InlineData("""{"mode":null,"retainUntilTimestamp":1770604800000}""")]
    [InlineData("""{"mode":"forever","retainUntilTimestamp":1770604800000}""")]
    [InlineData("""{"retainUntilTimestamp":1770604800000}""")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_retention_in_a_setting_is_whole_or_refused(string retention)
    {
        var b2 = await NewAccountAsync();
        var file = await b2.UploadAsync(await b2.CreateLockedBucketAsync(), "a");
        var update = B2Wire.RetentionUpdate(file, null, null);
        update["fileRetention"] = JsonNode.Parse(retention);

        await b2.RefusedAsync("b2_update_file_retention", update, 400, "bad_request");
        (await b2.InfoAsync(file))["fileRetention"]!["value"]!.ToJsonString().ShouldBe(Nothing);
    }

    [Fact]
    public async Task A_key_for_other_names_or_buckets_changes_no_lock()
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateLockedBucketAsync();
        var file = await b2.UploadAsync(bucketId, "a");
        string[] rights = ["writeFileRetentions", "writeFileLegalHolds"];
        foreach (
            var stranger in (B2Wire[])
                [await b2.WithKeyAsync(rights, [await b2.CreateBucketAsync()]), await b2.WithKeyAsync(rights, [bucketId], "photos/")]
        )
        {
            await stranger.RefusedAsync("b2_update_file_retention", B2Wire.RetentionUpdate(file, "governance", Later), 401, "unauthorized");
            await stranger.RefusedAsync("b2_update_file_legal_hold", B2Wire.HoldUpdate(file, "on"), 401, "unauthorized");
        }

        await (await b2.WithKeyAsync(rights, [bucketId])).OkAsync("b2_update_file_legal_hold", B2Wire.HoldUpdate(file, "on"));
        await (await NewAccountAsync()).RefusedAsync("b2_update_file_legal_hold", B2Wire.HoldUpdate(file, "off"), 400, "file_not_present");
    }

    [Fact]
    public async Task A_key_without_the_right_is_denied_access()
    {
        var b2 = await NewAccountAsync();
        foreach (var bucketId in (string[])[await b2.CreateLockedBucketAsync(), await b2.CreateBucketAsync()])
        {
            var file = await b2.UploadAsync(bucketId, "a");
            var reader = await b2.WithKeyAsync(["listFiles", "readFiles", "writeFiles", "deleteFiles"]);

            await reader.RefusedAsync("b2_update_file_retention", B2Wire.RetentionUpdate(file, "governance", Later), 403, "access_denied");
            await reader.RefusedAsync("b2_update_file_legal_hold", B2Wire.HoldUpdate(file, "on"), 403, "access_denied");
        }
    }

    [Fact]
    public async Task A_file_that_says_too_much_cannot_be_locked()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var file = await b2.UploadAsync(bucketId, "a", headers: [("X-Bz-Info-a", new string('x', 2_030))]);
        await b2.UpdateBucketAsync(bucketId, "fileLockEnabled", true);

        await b2.RefusedAsync("b2_update_file_retention", B2Wire.RetentionUpdate(file, "governance", Later), 400, "metadata_exceeded");
        await b2.RefusedAsync("b2_update_file_legal_hold", B2Wire.HoldUpdate(file, "on"), 400, "metadata_exceeded");
        var copy = new JsonObject
        {
            ["sourceFileId"] = B2Wire.IdOf(file),
            ["fileName"] = "a",
            ["metadataDirective"] = "REPLACE",
            ["contentType"] = "text/plain",
            ["legalHold"] = "on",
        };
        B2Wire.Readable(await b2.OkAsync("b2_copy_file", copy), "legalHold").ShouldBe("\"on\"");
    }

    [Fact, Trait("Fact", "S145")]
    public async Task What_is_unfinished_can_be_given_up_whatever_locks_it()
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateLockedBucketAsync();
        var started = await b2.OkAsync(
            "b2_start_large_file",
            Golden.Request(
                "b2_start_large_file",
                "locked",
                ("bucketId", bucketId),
                ("fileRetention", B2Wire.Retention("compliance", Later))
            )
        );

        await b2.RefusedAsync("b2_update_file_legal_hold", B2Wire.HoldUpdate(started, "off"), 400, "bad_request");
        await b2.OkAsync("b2_delete_file_version", B2Wire.Deletion(started));

        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Version_1_of_the_API_knows_no_locks()
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateLockedBucketAsync();
        await b2.UploadAsync(bucketId, "a", headers: [("X-Bz-File-Legal-Hold", "on")]);

        var row = (await b2.As("v1").VersionsAsync(bucketId)).Single();

        row.ContainsKey("legalHold").ShouldBeFalse();
        row.ContainsKey("fileRetention").ShouldBeFalse();
    }

    [Fact, Trait("Fact", "S202")]
    public async Task A_lock_shows_to_nobody_but_the_keys_of_its_account_that_may_read_it()
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await b2.CreateLockedBucketAsync(name, "allPublic");
        var file = await b2.UploadAsync(bucketId, "a", headers: [("X-Bz-File-Legal-Hold", "on")]);
        await b2.UploadAsync(bucketId, "free");
        var id = B2Wire.IdOf(file);
        var elsewhere = await b2.WithKeyAsync(["readFiles", "readFileLegalHolds"], bucketIds: null, namePrefix: "photos/");
        var stranger = await NewAccountAsync();

        foreach (
            var reply in (WireReply[])
                [
                    await b2.DownloadByNameAsync(name, "a", token: null),
                    await b2.DownloadByNameAsync(name, "free", token: null),
                    await b2.DownloadByNameAsync(name, "a", token: await b2.DownloadTokenAsync(bucketId)),
                    await b2.DownloadByIdAsync(id, token: null),
                    await stranger.DownloadByIdAsync(id),
                    await stranger.DownloadByNameAsync(name, "a"),
                    await elsewhere.DownloadByIdAsync(id),
                    await elsewhere.DownloadByNameAsync(name, "a"),
                ]
        )
        {
            reply.ShouldBeOk().Header(Withheld).ShouldBe(LockHeaders);
            reply.Header("X-Bz-File-Legal-Hold").ShouldBeNull();
        }
        (await b2.DownloadByNameAsync(name, "a")).Header("X-Bz-File-Legal-Hold").ShouldBe("on");
        (await b2.DownloadByIdAsync(id, method: HttpMethod.Head)).Header("X-Bz-File-Legal-Hold").ShouldBe("on");
        var half = await (await b2.WithKeyAsync(["readFiles", "readFileRetentions"])).DownloadByIdAsync(id);
        half.Header(Withheld).ShouldBe("X-Bz-File-Legal-Hold");
        half.Header("X-Bz-File-Retention-Mode").ShouldBeNull();
    }

    [Fact, Trait("Fact", "S202")]
    public async Task Where_nothing_can_be_locked_nothing_is_withheld()
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        await b2.UploadAsync(await b2.CreateBucketAsync(name, "allPublic"), "a");

        (await b2.DownloadByNameAsync(name, "a", token: null)).ShouldBeOk().Header(Withheld).ShouldBeNull();
    }

    [Fact, Trait("Fact", "S201")]
    public async Task A_locked_file_lives_and_goes_as_the_files_have_it()
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateLockedBucketAsync();
        (string, string)[] headers =
        [
            .. B2Wire.RetentionHeaders("governance", Later),
            ("X-Bz-File-Legal-Hold", "on"),
            ("X-Bz-Info-author", "Zo%C3%AB"),
            ("X-Bz-Info-src_last_modified_millis", "1769999999123"),
        ];
        var file = await b2.UploadAsync(bucketId, "a", headers: headers);

        (await b2.InfoAsync(file)).ShouldHaveShape("b2_get_file_info", "v4", "locked");
        var removal = Golden.Request(
            "b2_update_file_retention",
            "remove",
            ("fileName", B2Wire.NameOf(file)),
            ("fileId", B2Wire.IdOf(file))
        );
        (await b2.OkAsync("b2_update_file_retention", removal)).ShouldHaveShape("b2_update_file_retention", "v4", "remove");
        await b2.OkAsync("b2_update_file_legal_hold", B2Wire.HoldUpdate(file, "off"));
        var bypass = Golden.Request("b2_delete_file_version", "bypass", ("fileName", B2Wire.NameOf(file)), ("fileId", B2Wire.IdOf(file)));
        (await b2.OkAsync("b2_delete_file_version", bypass)).ShouldHaveShape("b2_delete_file_version");
    }
}
