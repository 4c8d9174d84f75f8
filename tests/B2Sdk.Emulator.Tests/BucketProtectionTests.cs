namespace B2Sdk.Emulator.Tests;

/// <summary>The encryption and the lock of buckets.</summary>
public sealed class BucketProtectionTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string Unlocked = """{"defaultRetention":{"mode":null,"period":null},"isFileLockEnabled":false}""";
    private const string Week = """{"mode":"governance","period":{"duration":7,"unit":"days"}}""";

    [Fact, Trait("Fact", "S62")]
    public async Task A_new_bucket_is_encrypted_and_locked_as_asked()
    {
        var b2 = await NewAccountAsync();

        var bucket = await b2.OkAsync(
            "b2_create_bucket",
            Creation(b2, ("defaultServerSideEncryption", B2Wire.ServiceSetting()), ("fileLockEnabled", true))
        );

        B2Wire.Readable(bucket, "defaultServerSideEncryption").ShouldBe("""{"algorithm":"AES256","mode":"SSE-B2"}""");
        B2Wire
            .Readable(bucket, "fileLockConfiguration")
            .ShouldBe("""{"defaultRetention":{"mode":null,"period":null},"isFileLockEnabled":true}""");
        (await b2.BucketAsync(B2Wire.Text(bucket["bucketId"]))).ToJsonString().ShouldBe(bucket.ToJsonString());
    }

    [Fact]
    public async Task A_new_bucket_cannot_have_a_default_retention()
    {
        var b2 = await NewAccountAsync();

        var refusal = await b2.RefusedAsync(
            "b2_create_bucket",
            Creation(b2, ("fileLockEnabled", true), ("defaultRetention", JsonNode.Parse(Week))),
            400,
            "bad_request"
        );

        refusal.Message.ShouldContain("b2_update_bucket");
        await b2.OkAsync("b2_create_bucket", Creation(b2, ("defaultRetention", JsonNode.Parse("""{"mode":null}"""))));
    }

    [Theory, Trait("Fact", "S82"), Trait("Fact", "S83")]
    [InlineData("readBucketEncryption", "defaultServerSideEncryption", "fileLockConfiguration")]
    [InlineData("readBucketRetentions", "fileLockConfiguration", "defaultServerSideEncryption")]
    public async Task Each_setting_is_shown_to_keys_that_may_read_it(string capability, string shown, string withheld)
    {
        var master = await NewAccountAsync();
        var bucketId = await master.CreateLockedBucketAsync();
        await master.UpdateBucketAsync(bucketId, "defaultServerSideEncryption", B2Wire.ServiceSetting());

        var bucket = await (await master.WithKeyAsync(["listBuckets", capability])).BucketAsync(bucketId);

        B2Wire.Readable(bucket, shown).ShouldNotBeNull();
        bucket[withheld]!.ToJsonString().ShouldBe("""{"isClientAuthorizedToRead":false,"value":null}""");
    }

    [Theory, Trait("Fact", "S77")]
    [InlineData("none")]
    [InlineData(null)]
    public async Task A_default_encryption_stays_until_it_is_cleared(string? mode)
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.UpdateBucketAsync(bucketId, "defaultServerSideEncryption", B2Wire.ServiceSetting());

        var kept = await b2.UpdateBucketAsync(bucketId, "bucketInfo", new JsonObject { ["a"] = "1" });
        var cleared = await b2.UpdateBucketAsync(bucketId, "defaultServerSideEncryption", new JsonObject { ["mode"] = mode });

        B2Wire.Readable(kept, "defaultServerSideEncryption").ShouldBe("""{"algorithm":"AES256","mode":"SSE-B2"}""");
        B2Wire.Readable(cleared, "defaultServerSideEncryption").ShouldBe("""{"algorithm":null,"mode":null}""");
    }

    [Fact]
    public async Task A_bucket_that_is_replicated_cannot_be_locked_any_more()
    {
        var b2 = await NewAccountAsync();
        var pair = await Replication.SetUpAsync(b2, b2);

        var refusal = await b2.RefusedAsync(
            "b2_update_bucket",
            b2.BucketUpdate(pair.Source, "fileLockEnabled", true),
            400,
            "source_replication_conflict"
        );

        await b2.UpdateBucketAsync(pair.Destination, "fileLockEnabled", true);
        refusal.Message.ShouldBe("Turning on file lock for an existing bucket having source replication configuration is not allowed.");
    }

    [Fact, Trait("Fact", "S87")]
    public async Task A_default_retention_needs_a_lock()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var refusal = await b2.RefusedAsync(
            "b2_update_bucket",
            b2.BucketUpdate(bucketId, "defaultRetention", JsonNode.Parse(Week)),
            400,
            "bucket_missing_file_lock"
        );

        refusal.Message.ShouldBe("The bucket is not file lock enabled");
        await b2.UpdateBucketAsync(bucketId, "defaultRetention", JsonNode.Parse("""{"mode":null}"""));
        var both = b2.BucketUpdate(bucketId, "defaultRetention", JsonNode.Parse(Week));
        both["fileLockEnabled"] = true;
        B2Wire
            .Readable(await b2.OkAsync("b2_update_bucket", both), "fileLockConfiguration")
            .ShouldBe($$"""{"defaultRetention":{{Week}},"isFileLockEnabled":true}""");
    }

    [Theory, Trait("Fact", "S88")]
    [InlineData("""{"mode":null}""")]
    [InlineData("""{"mode":"none"}""")]
    [InlineData("""{"mode":null,"period":null}""")]
    [InlineData("{}")]
    public async Task A_default_retention_stays_until_it_is_cleared(string nothing)
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateLockedBucketAsync();
        await b2.UpdateBucketAsync(bucketId, "defaultRetention", JsonNode.Parse(Week));

        var kept = await b2.UpdateBucketAsync(bucketId, "bucketType", "allPublic");
        var cleared = await b2.UpdateBucketAsync(bucketId, "defaultRetention", JsonNode.Parse(nothing));

        kept["fileLockConfiguration"]!["value"]!["defaultRetention"]!.ToJsonString().ShouldBe(Week);
        cleared["fileLockConfiguration"]!["value"]!["defaultRetention"]!.ToJsonString().ShouldBe("""{"mode":null,"period":null}""");
    }

    [Theory]
    [InlineData("""{"mode":"governance"}""")]
    [InlineData("""{"mode":"governance","period":null}""")]
    [InlineData("""{"mode":null,"period":{"duration":1,"unit":"days"}}""")]
    [InlineData("""{"mode":"Governance","period":{"duration":1,"unit":"days"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":0,"unit":"days"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":-1,"unit":"years"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":"7","unit":"days"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":1.5,"unit":"days"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":3001,"unit":"days"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":9,"unit":"years"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":1,"unit":"weeks"}}""")]
    [InlineData("""{"mode":"governance","period":{"duration":1}}""")]
    [InlineData("""{"mode":"governance","period":"7 days"}""")]
    [InlineData("""{"period":{"duration":1,"unit":"days"}}""")]
    [InlineData("\"governance\"")]
    public async Task A_default_retention_has_a_mode_and_a_period_within_bounds(string retention)
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateLockedBucketAsync();

        await b2.RefusedAsync(
            "b2_update_bucket",
            b2.BucketUpdate(bucketId, "defaultRetention", JsonNode.Parse(retention)),
            400,
            "bad_request"
        );

        var bucket = await b2.BucketAsync(bucketId);
        bucket["fileLockConfiguration"]!["value"]!["defaultRetention"]!.ToJsonString().ShouldBe("""{"mode":null,"period":null}""");
    }

    [Theory]
    [InlineData("compliance", 3000, "days")]
    [InlineData("governance", 8, "years")]
    public async Task A_default_retention_may_be_as_long_as_that(string mode, int duration, string unit)
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateLockedBucketAsync();
        var retention = $$$"""{"mode":"{{{mode}}}","period":{"duration":{{{duration}}},"unit":"{{{unit}}}"}}""";

        await b2.UpdateBucketAsync(bucketId, "defaultRetention", JsonNode.Parse(retention));

        (await b2.BucketAsync(bucketId))["fileLockConfiguration"]!["value"]!["defaultRetention"]!.ToJsonString().ShouldBe(retention);
    }

    [Theory, Trait("Fact", "S42"), Trait("Fact", "S43")]
    [InlineData("defaultServerSideEncryption", """{"mode":"SSE-B2","algorithm":"AES256"}""", "writeBucketEncryption")]
    [InlineData("defaultServerSideEncryption", """{"mode":"none"}""", "writeBucketEncryption")]
    [InlineData("fileLockEnabled", "true", "writeBucketRetentions")]
    [InlineData("fileLockEnabled", "false", "writeBucketRetentions")]
    [InlineData("defaultRetention", Week, "writeBucketRetentions")]
    public async Task Each_setting_needs_its_own_capability_and_no_other(string setting, string value, string capability)
    {
        var master = await NewAccountAsync();
        // That the setting would be refused, too, is not told to those who may not change it.
        var bucketId = setting == "fileLockEnabled" ? await master.CreateBucketAsync() : await master.CreateLockedBucketAsync();
        var others = await master.WithKeyAsync(["writeBuckets", "readBucketEncryption", "readBucketRetentions"]);
        var owner = await master.WithKeyAsync([capability], [bucketId]);
        JsonObject Update() => master.BucketUpdate(bucketId, setting, JsonNode.Parse(value));

        await others.RefusedAsync("b2_update_bucket", Update(), 401, "unauthorized");
        await owner.OkAsync("b2_update_bucket", Update());

        var more = Update();
        more["bucketInfo"] = new JsonObject();
        await owner.RefusedAsync("b2_update_bucket", more, 401, "unauthorized");
        await owner.RefusedAsync("b2_update_bucket", master.BucketUpdate(bucketId, "ifRevisionIs", 1), 401, "unauthorized");
    }

    [Fact, Trait("Fact", "S42")]
    public async Task A_key_for_one_bucket_changes_the_encryption_of_no_other()
    {
        var (master, own) = await NewBucketAsync();
        var other = await master.CreateBucketAsync();
        var b2 = await master.WithKeyAsync(["writeBucketEncryption"], [own]);

        await b2.RefusedAsync(
            "b2_update_bucket",
            b2.BucketUpdate(other, "defaultServerSideEncryption", B2Wire.ServiceSetting()),
            401,
            "unauthorized"
        );
    }

    [Fact, Trait("Fact", "S42")]
    public async Task A_bucket_is_created_with_protection_only_by_keys_that_may_set_it()
    {
        var master = await NewAccountAsync();
        var b2 = await master.WithKeyAsync(["writeBuckets"]);

        await b2.RefusedAsync("b2_create_bucket", Creation(b2, ("fileLockEnabled", true)), 401, "unauthorized");
        await b2.RefusedAsync(
            "b2_create_bucket",
            Creation(b2, ("defaultServerSideEncryption", B2Wire.ServiceSetting())),
            401,
            "unauthorized"
        );

        await b2.OkAsync("b2_create_bucket", Creation(b2, ("fileLockEnabled", false)));
        await (await master.WithKeyAsync(["writeBuckets", "writeBucketRetentions", "writeBucketEncryption"])).OkAsync(
            "b2_create_bucket",
            Creation(b2, ("fileLockEnabled", true), ("defaultServerSideEncryption", B2Wire.ServiceSetting()))
        );
    }

    private static JsonObject Creation(B2Wire b2, params (string Name, JsonNode? Value)[] settings)
    {
        var body = new JsonObject
        {
            ["accountId"] = b2.AccountId,
            ["bucketName"] = NewBucketName(),
            ["bucketType"] = "allPrivate",
        };
        foreach (var (name, value) in settings)
        {
            body[name] = value;
        }
        return body;
    }
}
