namespace B2Sdk.Fuzz;

/// <summary>The documented requests of every operation: what is sent is these, damaged.</summary>
internal static class Templates
{
    /// <summary>Bodies of JSON calls, by operation.</summary>
    public static IReadOnlyList<(string Operation, JsonObject Body)> Calls { get; } = Read(name => !IsHeaders(name));

    /// <summary>Headers of uploads, by operation.</summary>
    public static IReadOnlyList<(string Operation, JsonObject Headers)> Uploads { get; } = Read(IsHeaders);

    private static bool IsHeaders(string name) => name.StartsWith("request.headers", StringComparison.Ordinal);

    private static List<(string, JsonObject)> Read(Func<string, bool> isWanted) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "request*.json", SearchOption.AllDirectories)
                .Where(file => isWanted(Path.GetFileName(file)))
                .Select(file => (Path.GetFileName(Path.GetDirectoryName(file)!), (JsonObject)JsonNode.Parse(File.ReadAllText(file))!))
                .Where(template => template.Item1.StartsWith("b2_", StringComparison.Ordinal))
                .OrderBy(template => template.Item1, StringComparer.Ordinal)
                .ThenBy(template => template.Item2.ToJsonString(), StringComparer.Ordinal),
        ];
}
