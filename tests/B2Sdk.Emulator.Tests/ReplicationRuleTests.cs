using B2Sdk.Emulator.Rules;
using CsCheck;

namespace B2Sdk.Emulator.Tests;

/// <summary>Replication configurations: which are taken, which are refused, and what they say about a file.</summary>
public sealed class ReplicationRuleTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string Rule =
        """{"replicationRuleName":"rule_1","destinationBucketId":"b8adc1404fd24b779a000f2b","priority":1,"fileNamePrefix":"a/","isEnabled":true,"includeExistingFiles":false}""";

    private static readonly Gen<ReplicationRule> AnyRule = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[0, 3],
        Gen.Int[1, 1_000],
        Gen.Bool,
        (destination, prefix, priority, isEnabled) =>
            new ReplicationRule
            {
                Name = "rule",
                DestinationBucketId = $"{destination}",
                Prefix = new string('a', prefix),
                Priority = priority,
                IsEnabled = isEnabled,
                IncludesExistingFiles = false,
            }
    );

    [Theory, Trait("Fact", "S83")]
    [InlineData("null", "null")]
    [InlineData("{}", "null")]
    [InlineData("""{"asReplicationSource":null,"asReplicationDestination":null}""", "null")]
    [InlineData(
        """{"asReplicationSource":{"sourceApplicationKeyId":"k","replicationRules":[RULE]}}""",
        """{"asReplicationDestination":null,"asReplicationSource":{"replicationRules":[RULE],"sourceApplicationKeyId":"k"}}"""
    )]
    [InlineData(
        """{"asReplicationSource":{"sourceApplicationKeyId":"k","replicationRules":[]}}""",
        """{"asReplicationDestination":null,"asReplicationSource":{"replicationRules":[],"sourceApplicationKeyId":"k"}}"""
    )]
    [InlineData(
        """{"asReplicationDestination":{"sourceToDestinationKeyMapping":{"a":"b"}}}""",
        """{"asReplicationDestination":{"sourceToDestinationKeyMapping":{"a":"b"}},"asReplicationSource":null}"""
    )]
    public async Task A_good_configuration_is_told_again(string given, string told)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var bucket = (await UpdateAsync(b2, bucketId, given.Replace("RULE", Rule, StringComparison.Ordinal))).ShouldBeOk().Json;

        var value = bucket["replicationConfiguration"]!["value"];
        JsonNode
            .DeepEquals(value, JsonNode.Parse(told.Replace("RULE", Rule, StringComparison.Ordinal)))
            .ShouldBeTrue(value?.ToJsonString());
        var reader = await b2.WithKeyAsync(["listBuckets"]);
        var hidden = (await reader.BucketAsync(bucketId))["replicationConfiguration"]!;
        hidden["isClientAuthorizedToRead"]!.GetValue<bool>().ShouldBeFalse();
        hidden["value"].ShouldBeNull();
    }

    [Fact]
    public async Task What_is_not_given_stays_and_what_is_cleared_is_gone()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await UpdateAsync(b2, bucketId, """{"asReplicationDestination":{"sourceToDestinationKeyMapping":{"a":"b"}}}""");

        var untouched = await b2.OkAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["bucketType"] = "allPublic",
            }
        );
        var cleared = (await UpdateAsync(b2, bucketId, "{}")).ShouldBeOk().Json;

        untouched["replicationConfiguration"]!["value"].ShouldNotBeNull();
        cleared["replicationConfiguration"]!.ToJsonString().ShouldBe("""{"isClientAuthorizedToRead":true,"value":null}""");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"asReplicationSource":[]}""")]
    [InlineData("""{"asReplicationSource":{}}""")]
    [InlineData("""{"asReplicationSource":{"sourceApplicationKeyId":"k"}}""")]
    [InlineData("""{"asReplicationSource":{"sourceApplicationKeyId":"","replicationRules":[RULE]}}""")]
    [InlineData("""{"asReplicationSource":{"replicationRules":[RULE]}}""")]
    [InlineData("""{"asReplicationSource":{"sourceApplicationKeyId":"k","replicationRules":[RULE,RULE]}}""")]
    [InlineData("""{"asReplicationSource":{"sourceApplicationKeyId":"k","replicationRules":[1]}}""")]
    [InlineData("""{"asReplicationDestination":{}}""")]
    [InlineData("""{"asReplicationDestination":{"sourceToDestinationKeyMapping":[]}}""")]
    [InlineData("""{"asReplicationDestination":{"sourceToDestinationKeyMapping":{"a":""}}}""")]
    [InlineData("""{"asReplicationDestination":{"sourceToDestinationKeyMapping":{"":"b"}}}""")]
    [InlineData("""{"asReplicationDestination":{"sourceToDestinationKeyMapping":{"a":1}}}""")]
    public async Task A_bad_configuration_is_refused(string given)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await UpdateAsync(b2, bucketId, given.Replace("RULE", Rule, StringComparison.Ordinal));

        reply.ShouldBeRefused(400, "bad_request");
    }

    [Theory]
    [InlineData("replicationRuleName", "\"\"", false)]
    [InlineData("replicationRuleName", "\"with blank\"", false)]
    [InlineData("replicationRuleName", "null", false)]
    [InlineData("destinationBucketId", "\"\"", false)]
    [InlineData("destinationBucketId", "null", false)]
    [InlineData("priority", "-1", false)]
    [InlineData("priority", "0", true)]
    [InlineData("priority", "2147483648", false)]
    [InlineData("priority", "2147483647", true)]
    [InlineData("priority", "null", false)]
    [InlineData("isEnabled", "null", false)]
    [InlineData("isEnabled", "\"true\"", false)]
    [InlineData("includeExistingFiles", "1", false)]
    [InlineData("includeExistingFiles", "null", true)]
    [InlineData("fileNamePrefix", "1", false)]
    [InlineData("fileNamePrefix", "null", true)]
    public async Task Rules_are_checked(string field, string value, bool accepted)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var rule = JsonNode.Parse(Rule)!;
        rule[field] = JsonNode.Parse(value);

        var reply = await UpdateAsync(b2, bucketId, Source(rule));

        reply.Status.ShouldBe(accepted ? 200 : 400, reply.Text);
    }

    [Fact]
    public async Task There_are_at_most_two_rules_and_they_differ()
    {
        var (b2, bucketId) = await NewBucketAsync();
        JsonNode Numbered(int number, string? name = null)
        {
            var rule = JsonNode.Parse(Rule)!;
            (rule["priority"], rule["replicationRuleName"]) = (number, name ?? $"rule_{number}");
            return rule;
        }

        (await UpdateAsync(b2, bucketId, Source(Numbered(1), Numbered(2)))).ShouldBeOk();
        (await UpdateAsync(b2, bucketId, Source(Numbered(1), Numbered(2), Numbered(3)))).ShouldBeRefused(400);
        (await UpdateAsync(b2, bucketId, Source(Numbered(1), Numbered(2, "rule_1")))).ShouldBeRefused(400);
        (await UpdateAsync(b2, bucketId, Source(Numbered(1, "rule_a"), Numbered(1, "rule_b")))).ShouldBeRefused(400);
    }

    [Fact]
    public async Task A_bucket_is_not_replicated_to_itself()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var rule = JsonNode.Parse(Rule)!;
        rule["destinationBucketId"] = bucketId;

        (await UpdateAsync(b2, bucketId, Source(rule))).ShouldBeRefused(400, "bad_request");
    }

    [Fact]
    public async Task Setting_it_needs_its_capability()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var without = await b2.WithKeyAsync(["writeBuckets"]);
        var with = await b2.WithKeyAsync(["writeBuckets", "writeBucketReplications"]);

        (await UpdateAsync(without, bucketId, "{}")).ShouldBeRefused(401, "unauthorized");
        (await UpdateAsync(with, bucketId, "{}")).ShouldBeOk();
    }

    [Fact]
    public void A_file_goes_once_to_each_bucket_by_the_rule_with_the_highest_priority() =>
        Gen.Select(AnyRule.Array[0, 4], Gen.Int[0, 4])
            .Sample(
                (rules, length) =>
                {
                    var name = new string('a', length);
                    var configuration = new ReplicationConfiguration { Rules = rules };

                    var destinations = configuration.FindDestinations(name);

                    destinations.ShouldBeUnique();
                    foreach (var destination in new[] { "0", "1", "2" })
                    {
                        var covering = rules
                            .Where(rule => rule.DestinationBucketId == destination && rule.Prefix.Length <= length)
                            .OrderByDescending(rule => rule.Priority)
                            .ToList();
                        destinations.Contains(destination).ShouldBe(covering is [{ IsEnabled: true }, ..]);
                        configuration.FindRule(name, destination).ShouldBe(covering.FirstOrDefault());
                    }
                },
                iter: 5_000
            );

    private static string Source(params JsonNode[] rules) =>
        new JsonObject
        {
            ["asReplicationSource"] = new JsonObject { ["sourceApplicationKeyId"] = "k", ["replicationRules"] = new JsonArray(rules) },
        }.ToJsonString();

    private static Task<WireReply> UpdateAsync(B2Wire b2, string bucketId, string configuration) =>
        b2.CallAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["replicationConfiguration"] = JsonNode.Parse(configuration),
            }
        );
}
