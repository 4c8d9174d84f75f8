using System.Text.Json;
using System.Text.Json.Nodes;
using B2Sdk.Wire;

namespace B2Sdk.Tests.Golden;

/// <summary>Every answer is read into its record, whole and whatever else is in it.</summary>
public sealed class GoldenResponseTests
{
    // Read by nobody: `size` is what older versions call the length, and before v4 a key had one bucket.
    private static readonly HashSet<string> NotKept =
    [
        "b2_list_file_names/size",
        "b2_list_file_versions/size",
        "b2_create_key/bucketId",
        "b2_delete_key/bucketId",
        "b2_list_keys/bucketId",
    ];

    public static TheoryData<string> Files => [.. GoldenFiles.Responses];

    [Fact]
    public void Every_operation_has_its_files()
    {
        foreach (var operation in GoldenFiles.Operations)
        {
            GoldenFiles.Responses.ShouldContain($"{operation}/response.json");
            GoldenFiles.Requests.ShouldContain($"{operation}/request.json");
        }
    }

    [Theory, MemberData(nameof(Files)), Trait("Fact", "C4"), Trait("Fact", "C5"), Trait("Fact", "C73")]
    public void Every_member_of_an_answer_is_read(string file)
    {
        var lost = GoldenFiles
            .Lost(GoldenFiles.Node(file), GoldenFiles.ThroughRecord(file, GoldenFiles.Text(file)))
            .Where(path =>
                !NotKept.Contains($"{file.Split('/')[0]}/{path.Split('/')[^1]}")
                && !NotKept.Contains($"{file.Split('/')[0]}/{path.Split('/')[1]}")
            )
            .ToList();

        lost.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bucket_is_written_as_B2_wrote_it()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_create_bucket", GoldenFiles.Answer("b2_create_bucket/response.json"));
        var bucket = await rig.Api.CreateBucketAsync("any-bucket", BucketType.AllPrivate, cancellationToken: Rig.Stop);

        var written = JsonSerializer.Serialize(bucket.Record, BucketEndpoints.Update.ResponseType);

        GoldenFiles.Lost(GoldenFiles.Node("b2_create_bucket/response.json"), JsonNode.Parse(written)!).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Files)), Trait("Fact", "C6")]
    public void Members_that_are_not_known_yet_change_nothing(string file)
    {
        var richer = GoldenFiles.Node(file);
        foreach (var members in Objects(richer).ToList())
        {
            var isMap =
                members.Path.Contains("Info", StringComparison.Ordinal) || members.Path.EndsWith("Mapping", StringComparison.Ordinal);
            if (!isMap || members.Path.Contains("apiInfo", StringComparison.Ordinal))
            {
                members.Object["ofTomorrow"] = new JsonObject { ["deep"] = new JsonArray(1, "two", null) };
            }
        }

        var read = GoldenFiles.ThroughRecord(file, richer.ToJsonString());

        JsonNode.DeepEquals(read, GoldenFiles.ThroughRecord(file, GoldenFiles.Text(file))).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Files)), Trait("Fact", "C16")]
    public void Whatever_is_wrong_with_a_member_the_answer_is_read_or_called_unreadable(string file)
    {
        foreach (var path in Paths(GoldenFiles.Node(file)).ToList())
        {
            foreach (
                var wrong in new[] { null, "null", "\"x\"", "1", "-1", "1.5", "1e400", "true", "[]", "{}", "[null]", "9223372036854775807" }
            )
            {
                var changed = Change(GoldenFiles.Node(file), path, wrong).ToJsonString();

                var failure = Record.Exception(() => GoldenFiles.ThroughRecord(file, changed));

                (failure is null or JsonException).ShouldBeTrue($"{path} as {wrong}: {failure?.GetType()}");
            }
        }
    }

    [Theory, MemberData(nameof(Files)), Trait("Fact", "C77")]
    public void Words_that_are_not_known_yet_stay_as_they_came(string file)
    {
        string[] words = ["action", "bucketType", "mode", "algorithm", "code", "contentSha1", "replicationStatus"];
        foreach (
            var path in Paths(GoldenFiles.Node(file))
                .Where(path => words.Contains(path.Split('/')[^1]) || path.Contains("/capabilities/"))
                .ToList()
        )
        {
            if (NotKept.Contains($"{file.Split('/')[0]}/{path.Split('/')[1]}"))
            {
                continue;
            }
            var changed = Change(GoldenFiles.Node(file), path, "\"ofTomorrow\"");

            var read = GoldenFiles.ThroughRecord(file, changed.ToJsonString());

            At(read, path)!.GetValue<string>().ShouldBe("ofTomorrow", path);
        }
    }

    private static JsonNode Change(JsonNode root, string path, string? json)
    {
        var names = path.Split('/')[1..];
        var parent = names[..^1].Aggregate(root, (node, name) => node is JsonArray items ? items[int.Parse(name)]! : node[name]!);
        if (parent is JsonArray array)
        {
            array[int.Parse(names[^1])] = json is null ? null : Parse(json);
        }
        else if (json is null)
        {
            parent.AsObject().Remove(names[^1]);
        }
        else
        {
            parent[names[^1]] = Parse(json);
        }
        return root;
    }

    private static JsonNode? Parse(string json) => JsonNode.Parse(json);

    private static JsonNode? At(JsonNode root, string path) =>
        path.Split('/')[1..].Aggregate((JsonNode?)root, (node, name) => node is JsonArray items ? items[int.Parse(name)] : node?[name]);

    private static IEnumerable<string> Paths(JsonNode? node, string path = "") =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Paths(member.Value, $"{path}/{member.Key}").Append($"{path}/{member.Key}")),
            JsonArray items => items.SelectMany((item, index) => Paths(item, $"{path}/{index}").Append($"{path}/{index}")),
            _ => [],
        };

    private static IEnumerable<(JsonObject Object, string Path)> Objects(JsonNode? node, string path = "") =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Objects(member.Value, $"{path}/{member.Key}")).Append((members, path)),
            JsonArray items => items.SelectMany((item, index) => Objects(item, $"{path}/{index}")),
            _ => [],
        };
}
