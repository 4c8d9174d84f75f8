using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Emulator.Tests;

/// <summary>Object Lock: what keeps versions from being deleted, who may change it, and who may see it. Each test has its own emulator, as time must pass.</summary>
public sealed class ObjectLockTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Start);
    private B2Emulator _emulator = null!;
    private B2Wire _b2 = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static long InDays(int days) => (Start + TimeSpan.FromDays(days)).ToUnixTimeMilliseconds();

    public async ValueTask InitializeAsync()
    {
        _emulator = await B2Emulator.StartAsync(
            new()
            {
                TimeProvider = _clock,
                MinimumPartSize = 100,
                RecommendedPartSize = 1_000,
            },
            Cancelled
        );
        _b2 = await B2Wire.AuthorizeAsync(_emulator.Url, _emulator.Account);
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Fact, Trait("Fact", "S85"), Trait("Fact", "S86")]
    public async Task A_bucket_is_locked_once_and_for_good()
    {
        var bucketId = await _b2.CreateBucketAsync();

        await UpdateAsync(bucketId, "fileLockEnabled", "false");
        (await UpdateAsync(bucketId, "fileLockEnabled", "true")).ShouldBeOk();
        var again = (await UpdateAsync(bucketId, "fileLockEnabled", "true")).ShouldBeOk().Json;
        var off = (await UpdateAsync(bucketId, "fileLockEnabled", "false")).ShouldBeRefused(400, "file_lock_conflict");

        again["fileLockConfiguration"]!["value"]!["isFileLockEnabled"]!.GetValue<bool>().ShouldBeTrue();
        off.Message.ShouldBe("fileLockEnabled value of false is not allowed when bucket is already file lock enabled.");
    }

    [Fact, Trait("Fact", "S87"), Trait("Fact", "S88")]
    public async Task A_default_retention_needs_a_lock_and_can_be_cleared()
    {
        const string Week = """{"mode":"governance","period":{"duration":7,"unit":"days"}}""";
        var plain = await _b2.CreateBucketAsync();
        var locked = await NewLockedBucketAsync();

        (await UpdateAsync(plain, "defaultRetention", Week)).ShouldBeRefused(400, "bucket_missing_file_lock");
        var set = (await UpdateAsync(locked, "defaultRetention", Week)).ShouldBeOk().Json;
        var cleared = (await UpdateAsync(locked, "defaultRetention", """{"mode":null}""")).ShouldBeOk().Json;

        set["fileLockConfiguration"]!["value"]!["defaultRetention"]!.ToJsonString().ShouldBe(Week);
        cleared["fileLockConfiguration"]!["value"]!["defaultRetention"]!.ToJsonString().ShouldBe("""{"mode":null,"period":null}""");
    }

    [Theory, Trait("Fact", "S87")]
    [InlineData("""{"mode":"governance"}""")]
    [InlineData("""{"mode":"forever","period":{"duration":7,"unit":"days"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":0,"unit":"days"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":3001,"unit":"days"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":7,"unit":"weeks"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":"7","unit":"days"}}""")]
    [InlineData("[]")]
    public async Task What_is_no_default_retention_is_refused(string retention) =>
        (await UpdateAsync(await NewLockedBucketAsync(), "defaultRetention", retention)).ShouldBeRefused(400, "bad_request");

    [Fact, Trait("Fact", "S194")]
    public async Task A_default_retention_comes_to_uploads_large_files_and_copies_and_not_to_hide_markers()
    {
        var bucketId = await NewLockedBucketAsync();
        var before = await _b2.UploadAsync(bucketId, "before");
        await UpdateAsync(bucketId, "defaultRetention", """{"mode":"compliance","period":{"duration":2,"unit":"days"}}""");

        var small = await _b2.UploadAsync(bucketId, "small");
        var large = await _b2.UploadLargeFileAsync(bucketId, "large", B2Wire.Bytes(100, 1), B2Wire.Bytes(10, 2));
        var copy = await _b2.OkAsync("b2_copy_file", new() { ["sourceFileId"] = B2Wire.IdOf(before), ["fileName"] = "copy" });
        var marker = await _b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "small" });

        foreach (var file in (JsonObject[])[small, large, copy])
        {
            RetentionOf(file).ShouldBe($$"""{"mode":"compliance","retainUntilTimestamp":{{InDays(2)}}}""");
        }
        RetentionOf(before).ShouldBe("""{"mode":null,"retainUntilTimestamp":null}""");
        marker.ContainsKey("fileRetention").ShouldBeFalse();
        marker.ContainsKey("legalHold").ShouldBeFalse();
    }

    [Fact, Trait("Fact", "S193"), Trait("Fact", "S43")]
    public async Task Whoever_may_not_lock_is_told_so_before_the_bucket_is_looked_at()
    {
        var bucketId = await _b2.CreateBucketAsync();
        var writer = await _b2.WithKeyAsync(["writeFiles"]);

        (await UploadAsync(writer, bucketId, "a", Governed(1))).ShouldBeRefused(401, "unauthorized");
        (await UploadAsync(writer, bucketId, "a", ("X-Bz-File-Legal-Hold", "on"))).ShouldBeRefused(401, "unauthorized");
        var governed = await UploadAsync(_b2, bucketId, "a", Governed(1));
        governed.ShouldBeRefused(400, "bucket_missing_file_lock").Message.ShouldBe("The bucket is not file lock enabled");
        (await UploadAsync(_b2, bucketId, "a", ("X-Bz-File-Legal-Hold", "on"))).ShouldBeRefused(400, "bucket_missing_file_lock");
        (await _b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Theory, Trait("Fact", "S193")]
    [InlineData("b2_upload_file")]
    [InlineData("b2_start_large_file")]
    public async Task A_file_is_locked_as_it_arrives(string operation)
    {
        var bucketId = await NewLockedBucketAsync();

        var file =
            operation == "b2_upload_file"
                ? (
                    await B2Wire.PostBytesAsync(
                        await _b2.UploadUrlAsync(bucketId),
                        "hello"u8.ToArray(),
                        Golden.Headers("b2_upload_file", "locked")
                    )
                )
                    .ShouldBeOk()
                    .Json
                : await _b2.OkAsync(operation, Golden.Request(operation, "locked", ("bucketId", bucketId)));

        file.ShouldHaveShape(operation, "v4", "locked");
        file["legalHold"]!["value"]!.GetValue<string>().ShouldBe("on");
    }

    [Fact, Trait("Fact", "S199")]
    public async Task A_retention_ends_in_the_future()
    {
        var bucketId = await NewLockedBucketAsync();
        var file = await _b2.UploadAsync(bucketId, "a");

        var upload = await UploadAsync(_b2, bucketId, "a", Governed(-1));
        var update = await RetainAsync(file, "governance", InDays(0));

        foreach (var reply in (WireReply[])[upload, update])
        {
            reply.ShouldBeRefused(400, "retain_until_timestamp_must_be_in_future");
            reply.Message.ShouldBe("The retainUntilTimestamp must be in future");
        }
    }

    [Fact, Trait("Fact", "S195")]
    public async Task A_governed_version_goes_by_bypass_or_when_its_time_is_over()
    {
        var bucketId = await NewLockedBucketAsync();
        var first = (await UploadAsync(_b2, bucketId, "a", Governed(1))).ShouldBeOk().Json;
        var second = (await UploadAsync(_b2, bucketId, "a", Governed(1))).ShouldBeOk().Json;
        var deleter = await _b2.WithKeyAsync(["deleteFiles"]);

        (await DeleteAsync(_b2, first)).ShouldBeRefused(401, "access_denied").Message.ShouldBe("Access Denied");
        (await DeleteAsync(deleter, first, bypass: true)).ShouldBeRefused(401, "unauthorized");
        (await DeleteAsync(_b2, first, bypass: true)).ShouldBeOk();
        _clock.Advance(TimeSpan.FromDays(1));
        var later = await B2Wire.AuthorizeAsync(_emulator.Url, _emulator.Account);
        (await DeleteAsync(later, second)).ShouldBeOk();
    }

    [Fact, Trait("Fact", "S196"), Trait("Fact", "S197")]
    public async Task Compliance_bends_to_nobody()
    {
        var bucketId = await NewLockedBucketAsync();
        var file = await _b2.UploadAsync(bucketId, "a");
        (await RetainAsync(file, "compliance", InDays(2))).ShouldBeOk();

        (await DeleteAsync(_b2, file, bypass: true)).ShouldBeRefused(401, "access_denied");
        (await RetainAsync(file, "compliance", InDays(1), bypass: true)).ShouldBeRefused(403, "access_denied");
        (await RetainAsync(file, "governance", InDays(3), bypass: true)).ShouldBeRefused(403, "access_denied");
        (await RetainAsync(file, null, null, bypass: true)).ShouldBeRefused(403, "access_denied");
        (await RetainAsync(file, "compliance", InDays(3))).ShouldBeOk();

        RetentionOf(await InfoAsync(_b2, file)).ShouldBe($$"""{"mode":"compliance","retainUntilTimestamp":{{InDays(3)}}}""");
    }

    [Fact, Trait("Fact", "S198")]
    public async Task Governance_is_shortened_by_bypass_and_extended_by_anybody_who_may_retain()
    {
        var bucketId = await NewLockedBucketAsync();
        var file = (await UploadAsync(_b2, bucketId, "a", Governed(2))).ShouldBeOk().Json;
        var retainer = await _b2.WithKeyAsync(["writeFileRetentions"]);

        (await RetainAsync(file, "governance", InDays(3), by: retainer)).ShouldBeOk();
        (await RetainAsync(file, "governance", InDays(1), by: retainer)).ShouldBeRefused(403, "access_denied");
        (await RetainAsync(file, "governance", InDays(1), bypass: true, by: retainer)).ShouldBeRefused(401, "unauthorized");
        (await RetainAsync(file, null, null)).ShouldBeRefused(403, "access_denied");
        (await RetainAsync(file, "governance", InDays(1), bypass: true)).ShouldBeOk();
        (await RetainAsync(file, null, null, bypass: true)).ShouldBeOk();
        (await DeleteAsync(_b2, file)).ShouldBeOk();
    }

    [Fact, Trait("Fact", "S200")]
    public async Task A_legal_hold_keeps_a_version_whatever_is_bypassed()
    {
        var bucketId = await NewLockedBucketAsync();
        var file = (await UploadAsync(_b2, bucketId, "a", ("X-Bz-File-Legal-Hold", "on"))).ShouldBeOk().Json;

        (await DeleteAsync(_b2, file, bypass: true)).ShouldBeRefused(401, "access_denied");
        (await HoldAsync(file, "perhaps")).ShouldBeRefused(400, "bad_request");
        var off = (await HoldAsync(file, "off")).ShouldBeOk().Json;

        off.ShouldHaveShape("b2_update_file_legal_hold");
        (await InfoAsync(_b2, file))["legalHold"]!["value"]!.GetValue<string>().ShouldBe("off");
        (await DeleteAsync(_b2, file)).ShouldBeOk();
    }

    [Fact]
    public async Task Only_files_of_locked_buckets_can_be_locked()
    {
        var plain = await _b2.UploadAsync(await _b2.CreateBucketAsync(), "a");
        var bucketId = await NewLockedBucketAsync();
        var file = await _b2.UploadAsync(bucketId, "a");
        var marker = await _b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "a" });

        (await RetainAsync(plain, "governance", InDays(1))).ShouldBeRefused(400, "bucket_missing_file_lock");
        (await HoldAsync(plain, "on")).ShouldBeRefused(400, "bucket_missing_file_lock");
        (await RetainAsync(marker, "governance", InDays(1))).ShouldBeRefused(400, "bad_request");
        file["fileName"] = "b";
        (await RetainAsync(file, "governance", InDays(1))).ShouldBeRefused(400, "file_not_present");
        (await RetainAsync(plain, "governance", InDays(1), by: await _b2.WithKeyAsync(["readFiles"]))).ShouldBeRefused(
            403,
            "access_denied"
        );
    }

    [Fact]
    public async Task Hiding_and_canceling_delete_nothing_that_is_protected()
    {
        var bucketId = await NewLockedBucketAsync();
        await UploadAsync(_b2, bucketId, "a", Governed(1));
        var started = await _b2.OkAsync("b2_start_large_file", Golden.Request("b2_start_large_file", "locked", ("bucketId", bucketId)));

        await _b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "a" });
        await _b2.OkAsync("b2_cancel_large_file", new() { ["fileId"] = B2Wire.IdOf(started) });

        (await _b2.VersionsAsync(bucketId)).Select(B2Wire.ActionOf).ShouldBe(["hide", "upload"]);
    }

    [Fact]
    public async Task Lifecycle_rules_leave_what_is_protected()
    {
        var bucketId = await NewLockedBucketAsync();
        await UploadAsync(_b2, bucketId, "a", Governed(30));
        await UploadAsync(_b2, bucketId, "b");
        foreach (var name in (string[])["a", "b"])
        {
            await _b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = name });
        }
        await UpdateAsync(
            bucketId,
            "lifecycleRules",
            """[{"fileNamePrefix":"","daysFromHidingToDeleting":1,"daysFromUploadingToHiding":null}]"""
        );

        await _emulator.Clock.AdvanceAsync(TimeSpan.FromDays(5), Cancelled);

        var b2 = await B2Wire.AuthorizeAsync(_emulator.Url, _emulator.Account);
        (await b2.VersionsAsync(bucketId)).Where(row => B2Wire.ActionOf(row) == "upload").Select(B2Wire.NameOf).ShouldBe(["a"]);
    }

    [Fact, Trait("Fact", "S201"), Trait("Fact", "S202")]
    public async Task Whoever_may_not_read_locks_is_told_what_is_withheld()
    {
        var bucketId = await NewLockedBucketAsync();
        var file = (await UploadAsync(_b2, bucketId, "a", [.. Governed(1), ("X-Bz-File-Legal-Hold", "on")])).ShouldBeOk().Json;
        var reader = await _b2.WithKeyAsync(["readFiles", "listFiles"]);

        var withheld = await reader.DownloadByIdAsync(B2Wire.IdOf(file));
        var shown = await _b2.DownloadByIdAsync(B2Wire.IdOf(file));

        (await InfoAsync(reader, file))["fileRetention"]!.ToJsonString().ShouldBe("""{"isClientAuthorizedToRead":false,"value":null}""");
        (await InfoAsync(reader, file))["legalHold"]!.ToJsonString().ShouldBe("""{"isClientAuthorizedToRead":false,"value":null}""");
        withheld.Header("X-Bz-File-Retention-Mode").ShouldBeNull();
        withheld.Header("X-Bz-File-Legal-Hold").ShouldBeNull();
        withheld
            .Header("X-Bz-Client-Unauthorized-To-Read")!
            .Split(',')
            .ShouldBe(["X-Bz-File-Retention-Mode", "X-Bz-File-Retention-Retain-Until-Timestamp", "X-Bz-File-Legal-Hold"]);
        shown.Header("X-Bz-File-Retention-Mode").ShouldBe("governance");
        shown.Header("X-Bz-File-Retention-Retain-Until-Timestamp").ShouldBe($"{InDays(1)}");
        shown.Header("X-Bz-File-Legal-Hold").ShouldBe("on");
        shown.Header("X-Bz-Client-Unauthorized-To-Read").ShouldBeNull();
    }

    [Fact, Trait("Fact", "S112")]
    public async Task Name_and_info_in_a_locked_bucket_have_2048_bytes()
    {
        var bucketId = await NewLockedBucketAsync();

        var reply = await UploadAsync(_b2, bucketId, "n", ("X-Bz-Info-a", new string('x', 2_030)));

        reply.ShouldBeRefused(400, "bad_request").Message.ShouldContain("2048");
    }

    [Fact]
    public async Task A_lock_cannot_be_given_to_a_new_bucket_without_the_right()
    {
        var writer = await _b2.WithKeyAsync(["writeBuckets"]);
        JsonObject Body() =>
            new()
            {
                ["accountId"] = _b2.AccountId,
                ["bucketName"] = EmulatorTest.NewBucketName(),
                ["bucketType"] = "allPrivate",
                ["fileLockEnabled"] = true,
            };

        await writer.RefusedAsync("b2_create_bucket", Body(), 401, "unauthorized");
        await _b2.OkAsync("b2_create_bucket", Body());
    }

    private static string RetentionOf(JsonObject file) => file["fileRetention"]!["value"]!.ToJsonString();

    private static (string, string)[] Governed(int days) =>
        [("X-Bz-File-Retention-Mode", "governance"), ("X-Bz-File-Retention-Retain-Until-Timestamp", $"{InDays(days)}")];

    private async Task<string> NewLockedBucketAsync()
    {
        var bucketId = await _b2.CreateBucketAsync();
        (await UpdateAsync(bucketId, "fileLockEnabled", "true")).ShouldBeOk();
        return bucketId;
    }

    private Task<WireReply> UpdateAsync(string bucketId, string setting, string value) =>
        _b2.CallAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = _b2.AccountId,
                ["bucketId"] = bucketId,
                [setting] = JsonNode.Parse(value),
            }
        );

    private static async Task<WireReply> UploadAsync(B2Wire b2, string bucketId, string name, params (string, string)[] headers) =>
        await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), name, "hello"u8.ToArray(), headers);

    private static Task<JsonObject> InfoAsync(B2Wire b2, JsonObject file) =>
        b2.OkAsync("b2_get_file_info", new() { ["fileId"] = B2Wire.IdOf(file) });

    private static Task<WireReply> DeleteAsync(B2Wire b2, JsonObject file, bool bypass = false) =>
        b2.CallAsync(
            "b2_delete_file_version",
            new()
            {
                ["fileName"] = B2Wire.NameOf(file),
                ["fileId"] = B2Wire.IdOf(file),
                ["bypassGovernance"] = bypass,
            }
        );

    private Task<WireReply> RetainAsync(JsonObject file, string? mode, long? until, bool bypass = false, B2Wire? by = null) =>
        (by ?? _b2).CallAsync(
            "b2_update_file_retention",
            new()
            {
                ["fileName"] = B2Wire.NameOf(file),
                ["fileId"] = B2Wire.IdOf(file),
                ["fileRetention"] = new JsonObject { ["mode"] = mode, ["retainUntilTimestamp"] = until },
                ["bypassGovernance"] = bypass,
            }
        );

    private Task<WireReply> HoldAsync(JsonObject file, string hold) =>
        _b2.CallAsync(
            "b2_update_file_legal_hold",
            new()
            {
                ["fileName"] = B2Wire.NameOf(file),
                ["fileId"] = B2Wire.IdOf(file),
                ["legalHold"] = hold,
            }
        );
}
