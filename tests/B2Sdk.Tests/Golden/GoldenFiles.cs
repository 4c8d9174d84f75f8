using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using B2Sdk.Tests.Layers;
using B2Sdk.Wire;

namespace B2Sdk.Tests.Golden;

/// <summary>The files that say what travels, and which record of the library each of them belongs to.</summary>
internal static class GoldenFiles
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "golden");

    private static readonly Dictionary<string, JsonTypeInfo> RequestTypes = [];

    private static readonly Dictionary<string, JsonTypeInfo> ResponseTypes = new()
    {
        ["b2_authorize_account"] = AccountJson.Default.AuthorizeAccountResponse,
        ["b2_upload_file"] = FileJson.Default.FileVersion,
        ["b2_upload_part"] = LargeFileJson.Default.LargeFilePart,
        ["error"] = AccountJson.Default.ErrorBody,
    };

    static GoldenFiles()
    {
        var endpoints = typeof(FileEndpoints)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == "B2Sdk.Wire" && type.Name.EndsWith("Endpoints", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => field.GetValue(null)!)
            .Where(endpoint => endpoint.GetType().Name.StartsWith("Endpoint`", StringComparison.Ordinal));
        foreach (var endpoint in endpoints)
        {
            var operation = (string)endpoint.GetType().GetProperty("Operation")!.GetValue(endpoint)!;
            RequestTypes[operation] = (JsonTypeInfo)endpoint.GetType().GetProperty("RequestType")!.GetValue(endpoint)!;
            ResponseTypes[operation] = (JsonTypeInfo)endpoint.GetType().GetProperty("ResponseType")!.GetValue(endpoint)!;
        }
    }

    public static IReadOnlyCollection<string> Operations => RequestTypes.Keys;

    /// <summary>All answers that the library has a record for, without the older forms of authorization, which it does not ask for.</summary>
    public static IEnumerable<string> Responses =>
        ResponseTypes
            .Keys.SelectMany(operation => Files(operation, "response*.json"))
            .Where(file => !(file.StartsWith("b2_authorize_account/response.v", StringComparison.Ordinal)));

    /// <summary>All requests that the library has a record for.</summary>
    public static IEnumerable<string> Requests =>
        RequestTypes
            .Keys.SelectMany(operation => Files(operation, "request*.json"))
            .Where(file => !file.Contains("request.v", StringComparison.Ordinal));

    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public static JsonNode Node(string file) => JsonNode.Parse(Text(file))!;

    public static Reply Answer(string file) => Tests.Answer.Body(200, Text(file));

    /// <summary>Reads JSON into the record that the file belongs to, and writes the record again.</summary>
    public static JsonNode ThroughRecord(string file, string json)
    {
        var operation = file.Split('/')[0];
        var type = Path.GetFileName(file).StartsWith("request", StringComparison.Ordinal)
            ? RequestTypes[operation]
            : ResponseTypes[operation];
        return JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(json, type), type)!;
    }

    /// <summary>Where the other JSON lacks what stands in the first. A null counts as absent.</summary>
    public static IEnumerable<string> Lost(JsonNode? from, JsonNode? to, string path = "")
    {
        switch (from)
        {
            case null:
                return to is null or JsonObject { Count: 0 } ? [] : [path];
            case JsonObject members:
                return to is JsonObject others
                        ? members.SelectMany(member => Lost(member.Value, others[member.Key], $"{path}/{member.Key}"))
                    : members.All(member => member.Value is null) && to is null ? []
                    : [path];
            case JsonArray items:
                return to is JsonArray other && other.Count == items.Count
                    ? items.SelectMany((item, index) => Lost(item, other[index], $"{path}/{index}"))
                    : [path];
            default:
                return JsonNode.DeepEquals(from, to) ? [] : [path];
        }
    }

    private static IEnumerable<string> Files(string operation, string pattern) =>
        Directory.Exists(Path.Combine(Folder, operation))
            ? Directory
                .EnumerateFiles(Path.Combine(Folder, operation), pattern)
                .Select(path => $"{operation}/{Path.GetFileName(path)}")
                .Order()
            : [];
}
