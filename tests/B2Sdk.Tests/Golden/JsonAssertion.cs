using System.Text.Json.Nodes;

namespace B2Sdk.Tests.Golden;

internal static class JsonAssertion
{
    public static void ShouldBeJson(this JsonNode actual, JsonNode expected)
    {
        if (!JsonNode.DeepEquals(actual, expected))
        {
            throw new ShouldAssertException($"{actual.ToJsonString()} should be {expected.ToJsonString()}.");
        }
    }

    /// <summary>The body that was sent says what the file says, in whatever order, and nothing besides.</summary>
    public static void ShouldMatch(this Exchange sent, string file, Action<JsonNode>? change = null)
    {
        var actual = JsonNode.Parse(sent.Body)!;
        var expected = GoldenFiles.Node(file);
        change?.Invoke(expected);
        var lost = GoldenFiles.Lost(expected, actual).Concat(GoldenFiles.Lost(actual, expected)).ToList();
        lost.ShouldBeEmpty(actual.ToJsonString());
        sent.Headers["Content-Type"].ShouldBe("application/json");
        sent.IsChunked.ShouldBeFalse();
    }
}
