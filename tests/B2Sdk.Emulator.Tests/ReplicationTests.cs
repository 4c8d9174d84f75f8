namespace B2Sdk.Emulator.Tests;

/// <summary>What arrives in the other bucket, within one emulator.</summary>
public sealed class ReplicationTests(EmulatorFixture fixture) : EmulatorTest(fixture, needsSteadiness: true)
{
    [Fact]
    public async Task An_upload_is_pending_then_completed_and_there_is_a_replica()
    {
        var pair = await NewPairAsync();

        var headers = Golden.Headers("b2_upload_file").Where(header => header.Name.StartsWith("X-Bz-Info-", StringComparison.Ordinal));
        var file = await pair.From.UploadAsync(pair.Source, "docs/grüße.txt", "hello", [.. headers]);
        Replication.Status(file).ShouldBe("PENDING");
        file.ShouldHaveShape("b2_upload_file", variant: "replicated");
        await SettleAsync();

        (await pair.StatusAsync(file)).ShouldBe("COMPLETED");
        var replica = (await pair.ReplicasAsync()).Single();
        Replication.Status(replica).ShouldBe("REPLICA");
        foreach (
            var same in (string[])["fileName", "contentLength", "contentSha1", "contentMd5", "contentType", "uploadTimestamp", "action"]
        )
        {
            replica[same]!.ToJsonString().ShouldBe(file[same]!.ToJsonString(), same);
        }
        replica["fileInfo"]!.ToJsonString().ShouldBe(file["fileInfo"]!.ToJsonString());
        B2Wire.IdOf(replica).ShouldNotBe(B2Wire.IdOf(file));
        (await pair.To.DownloadByIdAsync(B2Wire.IdOf(replica))).ShouldBeOk().Text.ShouldBe("hello");
        Replication.Status((await pair.From.NamesAsync(pair.Source)).Single()).ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task Downloads_tell_the_status()
    {
        var pair = await NewPairAsync();
        var file = await pair.From.UploadAsync(pair.Source, "a");
        var plain = await pair.From.UploadAsync(await pair.From.CreateBucketAsync(), "a");
        await SettleAsync();
        var replica = (await pair.ReplicasAsync()).Single();

        (await pair.From.DownloadByIdAsync(B2Wire.IdOf(file))).Header("X-Bz-Replication-Status").ShouldBe("COMPLETED");
        (await pair.To.DownloadByIdAsync(B2Wire.IdOf(replica), method: HttpMethod.Head))
            .Header("X-Bz-Replication-Status")
            .ShouldBe("REPLICA");
        (await pair.From.DownloadByIdAsync(B2Wire.IdOf(plain))).Header("X-Bz-Replication-Status").ShouldBeNull();
    }

    [Fact]
    public async Task Every_kind_of_version_goes_and_they_keep_their_order()
    {
        var pair = await NewPairAsync();
        var file = await pair.From.UploadAsync(pair.Source, "a", "one");
        await pair.From.UploadAsync(pair.Source, "a", "two");
        await pair.From.OkAsync("b2_hide_file", new() { ["bucketId"] = pair.Source, ["fileName"] = "a" });
        await pair.From.OkAsync("b2_copy_file", new() { ["sourceFileId"] = B2Wire.IdOf(file), ["fileName"] = "b" });
        await pair.From.UploadLargeFileAsync(pair.Source, "c", B2Wire.Bytes(100, 1), B2Wire.Bytes(100_000, 2), [3]);
        await pair.From.StartLargeFileAsync(pair.Source, "d");
        await SettleAsync();

        var sent = (await pair.From.VersionsAsync(pair.Source)).Where(row => B2Wire.ActionOf(row) != "start").ToList();
        var replicas = await pair.ReplicasAsync();

        string Describe(JsonObject row) =>
            $"{row["fileName"]} {row["action"]} {row["contentLength"]} {row["contentSha1"]} {row["contentMd5"]} {row["uploadTimestamp"]}";
        replicas.Select(Describe).ShouldBe(sent.Select(Describe));
        // Markers have no status.
        replicas[0].ContainsKey("replicationStatus").ShouldBeFalse();
        var large = await pair.To.DownloadByIdAsync(B2Wire.IdOf(replicas[^1]));
        large.ShouldBeOk().Body.ShouldBe([.. B2Wire.Bytes(100, 1), .. B2Wire.Bytes(100_000, 2), 3]);
    }

    [Fact]
    public async Task Deletions_stay_where_they_are_and_a_replica_has_bytes_of_its_own()
    {
        var pair = await NewPairAsync();
        var content = B2Wire.Bytes(100_000, 7);
        var file = (await B2Wire.UploadAsync(await pair.From.UploadUrlAsync(pair.Source), "a", content)).ShouldBeOk().Json;
        await SettleAsync();

        await pair.From.OkAsync("b2_delete_file_version", new() { ["fileName"] = "a", ["fileId"] = B2Wire.IdOf(file) });
        await SettleAsync();

        var replica = (await pair.ReplicasAsync()).Single();
        (await pair.To.DownloadByIdAsync(B2Wire.IdOf(replica))).ShouldBeOk().Body.ShouldBe(content);
    }

    [Fact]
    public async Task A_rule_is_for_the_names_below_its_prefix()
    {
        var pair = await NewPairAsync(rule: new() { ["fileNamePrefix"] = "a/" });

        var inside = await pair.From.UploadAsync(pair.Source, "a/1");
        var outside = await pair.From.UploadAsync(pair.Source, "b/1");
        await SettleAsync();

        Replication.Status(inside).ShouldBe("PENDING");
        outside.ContainsKey("replicationStatus").ShouldBeFalse();
        (await pair.ReplicasAsync()).Select(B2Wire.NameOf).ShouldBe(["a/1"]);
    }

    [Fact]
    public async Task Replicas_are_not_replicated_any_further()
    {
        var pair = await NewPairAsync();
        var third = await pair.To.CreateBucketAsync();
        await (pair with { From = pair.To, Source = pair.Destination, Destination = third }).SetRuleAsync();
        // To set the one half of a configuration takes away the other.
        await Replication.UpdateAsync(
            pair.To,
            pair.Destination,
            new()
            {
                ["asReplicationDestination"] = new JsonObject
                {
                    ["sourceToDestinationKeyMapping"] = new JsonObject { [pair.SourceKeyId] = pair.DestinationKeyId },
                },
                ["asReplicationSource"] = JsonNode.Parse(
                    $$"""{"sourceApplicationKeyId":"{{pair.SourceKeyId}}","replicationRules":[{"replicationRuleName":"on","destinationBucketId":"{{third}}","priority":1,"isEnabled":true}]}"""
                ),
            }
        );

        await pair.From.UploadAsync(pair.Source, "a");
        await SettleAsync();

        (await pair.ReplicasAsync()).Count.ShouldBe(1);
        (await pair.To.VersionsAsync(third)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Old_files_go_when_a_rule_asks_for_them()
    {
        var pair = await NewPairAsync(rule: new() { ["isEnabled"] = false });
        var file = await pair.From.UploadAsync(pair.Source, "a");
        await pair.From.UploadAsync(pair.Source, "b");
        await pair.From.OkAsync("b2_hide_file", new() { ["bucketId"] = pair.Source, ["fileName"] = "b" });
        await pair.SetRuleAsync();
        await SettleAsync();
        (await pair.ReplicasAsync()).ShouldBeEmpty();
        (await pair.StatusAsync(file)).ShouldBeNull();

        await pair.SetRuleAsync(new() { ["includeExistingFiles"] = true });
        await SettleAsync();

        (await pair.ReplicasAsync()).Select(B2Wire.ActionOf).ShouldBe(["upload", "hide", "upload"]);
        (await pair.StatusAsync(file)).ShouldBe("COMPLETED");
        await pair.SetRuleAsync(new() { ["includeExistingFiles"] = true, ["replicationRuleName"] = "again" });
        await SettleAsync();
        (await pair.ReplicasAsync()).Count.ShouldBe(3);
        (await pair.StatusAsync(file)).ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task Two_rules_send_to_two_buckets()
    {
        var pair = await NewPairAsync();
        var other = await pair.To.CreateBucketAsync();
        await (pair with { Destination = other }).AcceptAsync();
        string Rule(string name, string destination, int priority, string prefix) =>
            $$"""{"replicationRuleName":"{{name}}","destinationBucketId":"{{destination}}","priority":{{priority}},"isEnabled":true,"fileNamePrefix":"{{prefix}}"}""";
        await Replication.UpdateAsync(
            pair.From,
            pair.Source,
            new()
            {
                ["asReplicationSource"] = JsonNode.Parse(
                    $$"""{"sourceApplicationKeyId":"{{pair.SourceKeyId}}","replicationRules":[{{Rule("one", pair.Destination, 1, "")}},{{Rule("two", other, 2, "a")}}]}"""
                ),
            }
        );

        var both = await pair.From.UploadAsync(pair.Source, "a");
        await pair.From.UploadAsync(pair.Source, "b");
        await SettleAsync();

        (await pair.ReplicasAsync()).Select(B2Wire.NameOf).ShouldBe(["a", "b"]);
        (await pair.To.VersionsAsync(other)).Select(B2Wire.NameOf).ShouldBe(["a"]);
        (await pair.StatusAsync(both)).ShouldBe("COMPLETED");
    }

    [Theory]
    [InlineData("listFiles", "writeFiles")]
    [InlineData("readFiles", "readFiles")]
    public async Task The_keys_must_be_allowed_to_read_and_to_write(string mayRead, string mayWrite)
    {
        var pair = await NewPairAsync([mayRead], [mayWrite]);

        var file = await pair.From.UploadAsync(pair.Source, "a");
        await SettleAsync();

        (await pair.StatusAsync(file)).ShouldBe("FAILED");
        (await pair.ReplicasAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_destination_that_does_not_know_the_key_takes_nothing()
    {
        var pair = await NewPairAsync();
        await Replication.UpdateAsync(pair.To, pair.Destination, []);

        var file = await pair.From.UploadAsync(pair.Source, "a");
        await SettleAsync();
        (await pair.StatusAsync(file)).ShouldBe("FAILED");

        // Whoever has set it right sends again what has failed by including old files.
        await pair.AcceptAsync();
        await pair.SetRuleAsync(new() { ["includeExistingFiles"] = true });
        await SettleAsync();
        (await pair.StatusAsync(file)).ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task A_destination_that_does_not_exist_takes_nothing()
    {
        var pair = await NewPairAsync(rule: new() { ["destinationBucketId"] = "ffffffffffffffffffffffff" });

        var file = await pair.From.UploadAsync(pair.Source, "a");
        await SettleAsync();

        (await pair.StatusAsync(file)).ShouldBe("FAILED");
    }

    [Fact]
    public async Task The_destination_is_told_of_replicas()
    {
        await using var sink = await WebhookSink.StartAsync();
        var pair = await NewPairAsync();
        await NotificationTests.SetRulesAsync(
            pair.To,
            pair.Destination,
            NotificationTests.NewRule(sink, "rule-one", types: ["b2:ObjectCreated:*", "b2:HideMarkerCreated:*"])
        );

        await pair.From.UploadAsync(pair.Source, "a");
        await pair.From.UploadLargeFileAsync(pair.Source, "b", B2Wire.Bytes(100, 1), [2]);
        await pair.From.OkAsync("b2_hide_file", new() { ["bucketId"] = pair.Source, ["fileName"] = "a" });
        await SettleAsync();

        sink.Lines.ShouldBe([
            "b2:TestEvent",
            "b2:ObjectCreated:Replica a",
            "b2:ObjectCreated:MultipartReplica b",
            "b2:HideMarkerCreated:Hide a",
        ]);
    }

    [Fact]
    public async Task Between_two_accounts_it_works_too()
    {
        var pair = await Replication.SetUpAsync(await NewAccountAsync(), await NewAccountAsync());

        var file = await pair.From.UploadAsync(pair.Source, "a");
        await SettleAsync();

        (await pair.StatusAsync(file)).ShouldBe("COMPLETED");
        (await pair.ReplicasAsync()).Count.ShouldBe(1);
    }

    private async Task<Replication> NewPairAsync(string[]? mayRead = null, string[]? mayWrite = null, JsonObject? rule = null)
    {
        var b2 = await NewAccountAsync();
        return await Replication.SetUpAsync(b2, b2, mayRead, mayWrite, rule);
    }
}
