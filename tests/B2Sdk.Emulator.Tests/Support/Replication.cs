namespace B2Sdk.Emulator.Tests.Support;

/// <summary>Two buckets of which the second takes replicas of the first, in one emulator or in two.</summary>
internal sealed record Replication(B2Wire From, string Source, B2Wire To, string Destination, string SourceKeyId, string DestinationKeyId)
{
    public static async Task<Replication> SetUpAsync(
        B2Wire from,
        B2Wire to,
        string[]? mayRead = null,
        string[]? mayWrite = null,
        JsonObject? rule = null,
        bool isSourceLocked = false,
        bool isDestinationLocked = false
    )
    {
        var readKey = B2Wire.Text((await from.CreateKeyAsync(mayRead ?? ["readFiles"]))["applicationKeyId"]);
        var writeKey = B2Wire.Text((await to.CreateKeyAsync(mayWrite ?? ["writeFiles"]))["applicationKeyId"]);
        var source = await CreateBucketAsync(from, isSourceLocked);
        var pair = new Replication(from, source, to, await CreateBucketAsync(to, isDestinationLocked), readKey, writeKey);
        await pair.AcceptAsync();
        await pair.SetRuleAsync(rule);
        return pair;
    }

    private static async Task<string> CreateBucketAsync(B2Wire b2, bool isLocked)
    {
        var bucket = await b2.OkAsync(
            "b2_create_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketName"] = EmulatorTest.NewBucketName(),
                ["bucketType"] = "allPrivate",
                ["fileLockEnabled"] = isLocked,
            }
        );
        return B2Wire.Text(bucket["bucketId"]);
    }

    public Task<JsonObject> AcceptAsync() =>
        UpdateAsync(
            To,
            Destination,
            new()
            {
                ["asReplicationDestination"] = new JsonObject
                {
                    ["sourceToDestinationKeyMapping"] = new JsonObject { [SourceKeyId] = DestinationKeyId },
                },
            }
        );

    /// <summary>Has the source send what a rule says, of which only what differs from the usual need be given.</summary>
    public Task<JsonObject> SetRuleAsync(JsonObject? changes = null)
    {
        var rule = new JsonObject
        {
            ["destinationBucketId"] = Destination,
            ["fileNamePrefix"] = "",
            ["includeExistingFiles"] = false,
            ["isEnabled"] = true,
            ["priority"] = 1,
            ["replicationRuleName"] = "all",
        };
        foreach (var (name, value) in changes ?? [])
        {
            rule[name] = value?.DeepClone();
        }
        return UpdateAsync(
            From,
            Source,
            new()
            {
                ["asReplicationSource"] = new JsonObject
                {
                    ["sourceApplicationKeyId"] = SourceKeyId,
                    ["replicationRules"] = new JsonArray(rule),
                },
            }
        );
    }

    public static Task<JsonObject> UpdateAsync(B2Wire b2, string bucketId, JsonObject configuration) =>
        b2.OkAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["replicationConfiguration"] = configuration,
            }
        );

    public async Task<string?> StatusAsync(JsonObject file) =>
        Status(await From.OkAsync("b2_get_file_info", new() { ["fileId"] = B2Wire.IdOf(file) }));

    public static string? Status(JsonObject file) => (string?)file["replicationStatus"];

    public Task<List<JsonObject>> ReplicasAsync() => To.VersionsAsync(Destination);
}
