namespace B2Sdk.Emulator.Tests;

/// <summary>Replication of files that are encrypted or locked, within one emulator and to another.</summary>
public sealed class ProtectedReplicationTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private static readonly string[] MayReadLocks = ["readFiles", "readFileRetentions", "readFileLegalHolds"];
    private static readonly string[] MayWriteLocks = ["writeFiles", "writeFileRetentions", "writeFileLegalHolds"];

    [Fact]
    public async Task What_only_its_customer_can_read_goes_nowhere()
    {
        var b2 = await NewAccountAsync();
        var pair = await Replication.SetUpAsync(b2, b2);

        var file = (
            await B2Wire.PostBytesAsync(
                await b2.UploadUrlAsync(pair.Source),
                "hello"u8.ToArray(),
                Golden.Headers("b2_upload_file", "sse-c")
            )
        )
            .ShouldBeOk()
            .Json;
        await pair.SetRuleAsync(new() { ["includeExistingFiles"] = true });
        await SettleAsync();

        file.ContainsKey("replicationStatus").ShouldBeFalse();
        (await pair.ReplicasAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lock_goes_with_the_file(bool isElsewhere)
    {
        await using var other = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        await using var here = await B2Emulator.StartAsync(new() { ReplicateTo = [other.Url] }, Cancelled);
        var from = await B2Wire.AuthorizeAsync(here.Url, here.Account);
        var to = isElsewhere ? await B2Wire.AuthorizeAsync(other.Url, other.Account) : from;
        var pair = await Replication.SetUpAsync(from, to, MayReadLocks, MayWriteLocks, isSourceLocked: true, isDestinationLocked: true);

        var file = await UploadLockedAsync(pair);
        await here.SettleAsync(Cancelled);

        (await pair.StatusAsync(file)).ShouldBe("COMPLETED");
        var replica = (await pair.ReplicasAsync()).Single();
        replica["fileRetention"]!.ToJsonString().ShouldBe(file["fileRetention"]!.ToJsonString());
        replica["legalHold"]!["value"]!.GetValue<string>().ShouldBe("on");
        await to.RefusedAsync(
            "b2_delete_file_version",
            new() { ["fileName"] = B2Wire.NameOf(replica), ["fileId"] = B2Wire.IdOf(replica) },
            401,
            "access_denied"
        );
    }

    [Theory]
    [InlineData("readFiles", "writeFiles,writeFileRetentions,writeFileLegalHolds")]
    [InlineData("readFiles,readFileRetentions", "writeFiles,writeFileRetentions,writeFileLegalHolds")]
    [InlineData("readFiles,readFileRetentions,readFileLegalHolds", "writeFiles,writeFileRetentions")]
    [InlineData("readFiles,readFileRetentions,readFileLegalHolds", "writeFiles,writeFileLegalHolds")]
    public async Task To_replicate_a_lock_the_keys_must_be_allowed_to(string mayRead, string mayWrite)
    {
        var b2 = await NewAccountAsync();
        var pair = await Replication.SetUpAsync(
            b2,
            b2,
            mayRead.Split(','),
            mayWrite.Split(','),
            isSourceLocked: true,
            isDestinationLocked: true
        );

        var file = await UploadLockedAsync(pair);
        await SettleAsync();

        (await pair.StatusAsync(file)).ShouldBe("FAILED");
        (await pair.ReplicasAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bucket_without_locks_takes_the_file_alone()
    {
        var b2 = await NewAccountAsync();
        var pair = await Replication.SetUpAsync(b2, b2, MayReadLocks, isSourceLocked: true);

        var file = await UploadLockedAsync(pair);
        await SettleAsync();

        (await pair.StatusAsync(file)).ShouldBe("COMPLETED");
        (await pair.ReplicasAsync()).Single()["legalHold"]!["value"].ShouldBeNull();
    }

    [Fact]
    public async Task A_bucket_that_is_replicated_cannot_be_locked_afterwards()
    {
        var b2 = await NewAccountAsync();
        var pair = await Replication.SetUpAsync(b2, b2);
        JsonObject Lock(string bucketId) =>
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["fileLockEnabled"] = true,
            };

        var refusal = await b2.RefusedAsync("b2_update_bucket", Lock(pair.Source), 400, "source_replication_conflict");

        refusal.Message.ShouldBe("Turning on file lock for an existing bucket having source replication configuration is not allowed.");
        await b2.OkAsync("b2_update_bucket", Lock(pair.Destination));
    }

    [Fact]
    public async Task A_replica_is_encrypted_as_its_bucket_is()
    {
        var b2 = await NewAccountAsync();
        var pair = await Replication.SetUpAsync(b2, b2);
        await b2.OkAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = pair.Destination,
                ["defaultServerSideEncryption"] = JsonNode.Parse("""{"mode":"SSE-B2","algorithm":"AES256"}"""),
            }
        );

        await b2.UploadAsync(pair.Source, "a");
        await SettleAsync();

        (await pair.ReplicasAsync()).Single()["serverSideEncryption"]!["mode"]!.GetValue<string>().ShouldBe("SSE-B2");
    }

    private Task<JsonObject> UploadLockedAsync(Replication pair) =>
        pair.From.UploadAsync(
            pair.Source,
            "a",
            "hello",
            ("X-Bz-File-Retention-Mode", "governance"),
            ("X-Bz-File-Retention-Retain-Until-Timestamp", $"{Emulator.Clock.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds()}"),
            ("X-Bz-File-Legal-Hold", "on")
        );
}
