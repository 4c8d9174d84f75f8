using System.Text.Json;
using System.Text.RegularExpressions;
using B2Sdk.Emulator.Http;
using static B2Sdk.Emulator.Rules.SettingsJson;

namespace B2Sdk.Emulator.Rules;

/// <summary>Reads and checks the replication that somebody sets on a bucket.</summary>
internal static partial class ReplicationSettings
{
    public const string Source = "asReplicationSource";
    public const string Destination = "asReplicationDestination";
    public const string SourceKey = "sourceApplicationKeyId";
    public const string Rules = "replicationRules";
    public const string KeyMapping = "sourceToDestinationKeyMapping";
    private const int MaxRules = 2;

    /// <summary>Returns the JSON that is kept and answered.</summary>
    /// <param name="element">What was given.</param>
    /// <param name="bucketId">The bucket's id; null for one that is about to be made.</param>
    public static string Read(JsonElement element, string? bucketId)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.BadRequest("replicationConfiguration must be an object");
        }
        var (source, destination) = (Member(element, Source), Member(element, Destination));
        if (source is null && destination is null)
        {
            return ReplicationConfiguration.None;
        }
        return WriteObject(writer =>
        {
            WriteDestination(writer, destination);
            WriteSource(writer, source, bucketId);
        });
    }

    public static ReplicationRule ReadRule(JsonElement rule)
    {
        var name = Text(Required(rule, "replicationRuleName"), "replicationRuleName");
        if (!Name().IsMatch(name))
        {
            throw Refusal.BadRequest($"Bad replicationRuleName '{name}': it must be 1 to 64 letters, digits, hyphens and underscores");
        }
        return new()
        {
            Name = name,
            DestinationBucketId = NotEmpty(Required(rule, "destinationBucketId"), "destinationBucketId"),
            Prefix = Member(rule, "fileNamePrefix") is { } prefix ? Text(prefix, "fileNamePrefix") : "",
            Priority =
                Required(rule, "priority") is { ValueKind: JsonValueKind.Number } given
                && given.TryGetInt32(out var priority)
                && priority >= 0
                    ? priority
                    : throw Refusal.BadRequest($"The priority of the replication rule {name} must be in range 0 - {int.MaxValue}"),
            IsEnabled = Flag(Required(rule, "isEnabled"), "isEnabled"),
            IncludesExistingFiles = Member(rule, "includeExistingFiles") is { } existing && Flag(existing, "includeExistingFiles"),
        };
    }

    private static void WriteSource(Utf8JsonWriter writer, JsonElement? source, string? bucketId)
    {
        if (source is not { } given)
        {
            writer.WriteNull(Source);
            return;
        }
        RequireObject(given, Source);
        var keyId = NotEmpty(Required(given, SourceKey), SourceKey);
        var rules = Elements(Required(given, Rules), Rules, MaxRules).ConvertAll(ReadRule);
        if (rules.DistinctBy(rule => rule.Name, StringComparer.Ordinal).Count() < rules.Count)
        {
            throw Refusal.BadRequest("Two replication rules have the same replicationRuleName");
        }
        if (rules.DistinctBy(rule => rule.Priority).Count() < rules.Count)
        {
            throw Refusal.BadRequest("Two replication rules have the same priority");
        }
        if (rules.Exists(rule => rule.DestinationBucketId == bucketId))
        {
            throw Refusal.BadRequest("A bucket cannot be replicated to itself");
        }
        writer.WriteStartObject(Source);
        writer.WriteStartArray(Rules);
        rules.ForEach(rule => Write(writer, rule));
        writer.WriteEndArray();
        writer.WriteText(SourceKey, keyId);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReplicationRule rule)
    {
        writer.WriteStartObject();
        writer.WriteText("destinationBucketId", rule.DestinationBucketId);
        writer.WriteText("fileNamePrefix", rule.Prefix);
        writer.WriteBoolean("includeExistingFiles", rule.IncludesExistingFiles);
        writer.WriteBoolean("isEnabled", rule.IsEnabled);
        writer.WriteNumber("priority", rule.Priority);
        writer.WriteString("replicationRuleName", rule.Name);
        writer.WriteEndObject();
    }

    private static void WriteDestination(Utf8JsonWriter writer, JsonElement? destination)
    {
        if (destination is not { } given)
        {
            writer.WriteNull(Destination);
            return;
        }
        RequireObject(given, Destination);
        var mapping = Required(given, KeyMapping);
        RequireObject(mapping, KeyMapping);
        // Of two members of one name the last one counts, here as elsewhere.
        var destinationKeyIds = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in mapping.EnumerateObject())
        {
            var sourceKeyId = NameOf(member, KeyMapping);
            if (sourceKeyId.Length == 0)
            {
                throw Refusal.BadRequest($"{KeyMapping} holds an empty key id");
            }
            destinationKeyIds[sourceKeyId] = NotEmpty(member.Value, KeyMapping);
        }
        writer.WriteStartObject(Destination);
        writer.WriteStartObject(KeyMapping);
        foreach (var (sourceKeyId, destinationKeyId) in destinationKeyIds)
        {
            writer.WriteText(sourceKeyId, destinationKeyId);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void RequireObject(JsonElement element, string what)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.BadRequest($"{what} must be an object");
        }
    }

    private static JsonElement Required(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && Member(element, name) is { } value
            ? value
            : throw Refusal.BadRequest($"replicationConfiguration needs {name}");

    private static string NotEmpty(JsonElement element, string what) =>
        Text(element, what) is { Length: > 0 } text ? text : throw Refusal.BadRequest($"{what} must not be empty");

    private static bool Flag(JsonElement element, string what) =>
        element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Refusal.BadRequest($"{what} must be true or false"),
        };

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
