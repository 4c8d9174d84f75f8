using System.Text.Json;

namespace B2Sdk.Emulator.Rules;

/// <summary>A CORS rule of a bucket.</summary>
internal sealed record CorsRule
{
    public required string Name { get; init; }
    public required IReadOnlyList<string> AllowedOrigins { get; init; }
    public required IReadOnlyList<string> AllowedOperations { get; init; }
    public IReadOnlyList<string> AllowedHeaders { get; init; } = [];
    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];
    public int MaxAgeInSeconds { get; init; }

    /// <summary>A rule that has nothing against anybody.</summary>
    public static CorsRule AllowAll(string operation) =>
        new()
        {
            Name = "all",
            AllowedOrigins = ["*"],
            AllowedOperations = [operation],
            AllowedHeaders = ["*"],
            ExposeHeaders = ["*"],
        };

    /// <summary>Reads the rules that a bucket keeps.</summary>
    public static IReadOnlyList<CorsRule> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document
                .RootElement.EnumerateArray()
                .Select(rule => new CorsRule
                {
                    Name = rule.GetProperty("corsRuleName").GetString()!,
                    AllowedOrigins = Texts(rule, "allowedOrigins"),
                    AllowedOperations = Texts(rule, "allowedOperations"),
                    AllowedHeaders = Texts(rule, "allowedHeaders"),
                    ExposeHeaders = Texts(rule, "exposeHeaders"),
                    MaxAgeInSeconds = rule.GetProperty("maxAgeSeconds").GetInt32(),
                }),
        ];
    }

    private static List<string> Texts(JsonElement rule, string name) => SettingsJson.Texts(rule, name) ?? [];
}
