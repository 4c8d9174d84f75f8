using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary>A description in JSON, whose files lie beside it on this machine and are sent with it.</summary>
internal static class SeedDescription
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="CommandException">It is no JSON, or a file is not there.</exception>
    public static SeedForm Read(string path)
    {
        var root = Parse(path);
        var files = new List<string>();
        // What has another shape than it should is the emulator's to refuse.
        foreach (
            var file in Members(root, "accounts")
                .Prepend(root)
                .SelectMany(account => Members(account, "buckets"))
                .SelectMany(bucket => Members(bucket, "files"))
        )
        {
            if (file is JsonObject described && described["contentFile"] is JsonValue value && value.TryGetValue(out string? name))
            {
                described["contentFile"] = NumberOf(path, name, files).ToString(CultureInfo.InvariantCulture);
            }
        }
        return new(root?.ToJsonString() ?? "null", files);
    }

    private static JsonNode? Parse(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            return JsonNode.Parse(file, documentOptions: Lenient);
        }
        catch (JsonException e)
        {
            throw new CommandException($"The seed '{path}' is not valid JSON. {e.Message}");
        }
    }

    private static JsonArray Members(JsonNode? node, string name) =>
        node is JsonObject described && described[name] is JsonArray members ? members : [];

    // The same file is sent once, however often it is named.
    private static int NumberOf(string description, string name, List<string> files)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(description))!, name);
        if (!File.Exists(path))
        {
            throw new CommandException($"The seed '{description}' cannot be used: contentFile is '{name}', and there is no file '{path}'.");
        }
        if (files.IndexOf(path) is >= 0 and var number)
        {
            return number;
        }
        files.Add(path);
        return files.Count - 1;
    }
}
