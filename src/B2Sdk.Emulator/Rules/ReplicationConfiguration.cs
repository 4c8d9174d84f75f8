using System.Text.Json;

namespace B2Sdk.Emulator.Rules;

/// <summary>What a bucket sends to others, and from whom it takes replicas.</summary>
internal sealed record ReplicationConfiguration
{
    /// <summary>How a bucket without replication keeps it.</summary>
    public const string None = "null";

    /// <summary>The key by which its files are read; null when it sends nothing.</summary>
    public string? SourceKeyId { get; init; }

    public IReadOnlyList<ReplicationRule> Rules { get; init; } = [];

    /// <summary>For each key of a sender, the key by which its replicas are written here; null when it takes none.</summary>
    public IReadOnlyDictionary<string, string>? KeyMapping { get; init; }

    /// <summary>Reads what a bucket keeps.</summary>
    public static ReplicationConfiguration Parse(string json)
    {
        if (json == None)
        {
            return new();
        }
        using var document = JsonDocument.Parse(json);
        var source = SettingsJson.Member(document.RootElement, ReplicationSettings.Source);
        var destination = SettingsJson.Member(document.RootElement, ReplicationSettings.Destination);
        return new()
        {
            SourceKeyId = source?.GetProperty(ReplicationSettings.SourceKey).GetString(),
            Rules = source is { } sender
                ? [.. sender.GetProperty(ReplicationSettings.Rules).EnumerateArray().Select(ReplicationSettings.ReadRule)]
                : [],
            KeyMapping = destination
                ?.GetProperty(ReplicationSettings.KeyMapping)
                .EnumerateObject()
                .ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal),
        };
    }

    /// <summary>The buckets to which a file goes: each once, by the rule with the highest priority for it, if that is enabled.</summary>
    public IReadOnlyList<string> FindDestinations(string fileName) =>
        [
            .. Rules
                .Where(rule => rule.Covers(fileName))
                .GroupBy(rule => rule.DestinationBucketId, StringComparer.Ordinal)
                .Select(rules => rules.MaxBy(rule => rule.Priority)!)
                .Where(rule => rule.IsEnabled)
                .OrderByDescending(rule => rule.Priority)
                .Select(rule => rule.DestinationBucketId),
        ];

    /// <summary>The rule by which a file goes to a bucket; null when there is none.</summary>
    public ReplicationRule? FindRule(string fileName, string destinationBucketId) =>
        Rules.Where(rule => rule.DestinationBucketId == destinationBucketId && rule.Covers(fileName)).MaxBy(rule => rule.Priority);
}
