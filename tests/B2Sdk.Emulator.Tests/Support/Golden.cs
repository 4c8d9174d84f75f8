using System.Text.Json;

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>The golden files, and the comparison of an answer's shape with theirs.</summary>
internal static class Golden
{
    /// <summary>A request body with some members replaced by those of this run.</summary>
    public static JsonObject Request(string operation, string? variant, params (string Name, JsonNode? Value)[] replaced)
    {
        var body = Read(PathOf(operation, variant is null ? "request" : $"request.{variant}"));
        foreach (var (name, value) in replaced)
        {
            body.ContainsKey(name).ShouldBeTrue($"{operation} {variant} has no {name} to replace.");
            body[name] = value?.DeepClone();
        }

        return body;
    }

    public static (string Name, string Value)[] Headers(string operation, string? variant = null) =>
        [
            .. Read(PathOf(operation, variant is null ? "request.headers" : $"request.headers.{variant}"))
                .Where(h => h.Key != "Content-Length")
                .Select(h => (h.Key, B2Wire.Text(h.Value))),
        ];

    /// <summary>The answer for this version: its own file, else that of the next newer version that has one.</summary>
    public static JsonObject Response(string operation, string version = "v4", string? variant = null) =>
        Read(ResponsePath(operation, version, variant));

    public static bool HasResponse(string operation, string version, string? variant) =>
        variant is not null && File.Exists(ResponsePath(operation, version, variant));

    public static void ShouldHaveShape(this JsonObject actual, string operation, string version = "v4", string? variant = null)
    {
        var differences = new List<string>();
        Compare(Response(operation, version, variant), actual, "$", differences);
        differences.ShouldBeEmpty($"{operation} {version} {variant}: {actual.ToJsonString()}");
    }

    /// <summary>Holds something against one golden file by its name.</summary>
    public static void ShouldHaveShapeOf(this JsonObject actual, string folder, string file)
    {
        var differences = new List<string>();
        Compare(Read(PathOf(folder, file)), actual, "$", differences);
        differences.ShouldBeEmpty($"{folder} {file}: {actual.ToJsonString()}");
    }

    private static void Compare(JsonNode? golden, JsonNode? actual, string path, List<string> differences)
    {
        if (Kind(golden) != Kind(actual))
        {
            differences.Add($"{path} is {Kind(actual)}, golden {Kind(golden)}");
        }
        else if (golden is JsonObject goldenObject)
        {
            CompareObjects(goldenObject, (JsonObject)actual!, path, differences);
        }
        else if (golden is JsonArray goldenArray)
        {
            CompareArrays(goldenArray, (JsonArray)actual!, path, differences);
        }
    }

    private static void CompareObjects(JsonObject golden, JsonObject actual, string path, List<string> differences)
    {
        var names = actual.Select(m => m.Key).ToList();
        differences.AddRange(names.Where(n => !golden.ContainsKey(n)).Select(n => $"{path}.{n} is not in golden"));
        differences.AddRange(golden.Where(m => !actual.ContainsKey(m.Key)).Select(m => $"{path}.{m.Key} is missing"));
        if (!names.SequenceEqual(names.Order(StringComparer.Ordinal)))
        {
            differences.Add($"{path} is not in alphabetical order: {string.Join(' ', names)}");
        }

        foreach (var name in names.Where(golden.ContainsKey))
        {
            Compare(golden[name], actual[name], $"{path}.{name}", differences);
        }
    }

    private static void CompareArrays(JsonArray golden, JsonArray actual, string path, List<string> differences)
    {
        var ofTexts = golden.Count > 0 && golden.All(e => Kind(e) == "text");
        if (ofTexts ? actual.Count == 0 || actual.Any(e => Kind(e) != "text") : golden.Count != actual.Count)
        {
            differences.Add($"{path} has {actual.Count} elements, golden {golden.Count}");
            return;
        }

        for (var i = 0; i < (ofTexts ? 0 : golden.Count); i++)
        {
            Compare(golden[i], actual[i], $"{path}[{i}]", differences);
        }
    }

    private static string Kind(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "text",
            JsonValueKind.True or JsonValueKind.False => "true or false",
            _ => node.ToJsonString().All(c => c is '-' or (>= '0' and <= '9')) ? "an integer" : "a broken number",
        };

    private static string ResponsePath(string operation, string version, string? variant)
    {
        var suffix = variant is null ? "" : $".{variant}";
        for (var number = version[1] - '0'; number < 4; number++)
        {
            var path = PathOf(operation, $"response.v{number}{suffix}");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return PathOf(operation, $"response{suffix}");
    }

    private static string PathOf(string operation, string name) =>
        Path.Combine(AppContext.BaseDirectory, "golden", operation, name + ".json");

    private static JsonObject Read(string path) => (JsonObject)JsonNode.Parse(File.ReadAllBytes(path))!;
}
