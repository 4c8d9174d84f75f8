using System.Text.Json;
using System.Text.RegularExpressions;
using B2Sdk.Emulator.Http;
using static B2Sdk.Emulator.Rules.SettingsJson;

namespace B2Sdk.Emulator.Rules;

/// <summary>Reads and checks the notification rules that somebody sets, and writes them as they are answered.</summary>
internal static partial class NotificationSettings
{
    private const int MaxRules = 25;
    private const int MaxBatch = 50;
    private const int MaxUrlLength = 2048;

    public static IReadOnlyList<NotificationRule> Read(JsonElement element)
    {
        var rules = new List<NotificationRule>();
        foreach (var given in Elements(element, "eventNotificationRules", MaxRules))
        {
            var rule = ReadRule(given);
            if (rules.Exists(other => other.Name == rule.Name))
            {
                throw Refusal.BadRequest($"More than one notification rule is called {rule.Name}");
            }
            if (rules.Find(rule.Overlaps) is { } overlapping)
            {
                throw new Refusal(
                    400,
                    "event_type_overlap",
                    $"The notification rules {overlapping.Name} and {rule.Name} are both for events of the same type and prefix"
                );
            }
            rules.Add(rule);
        }
        return rules;
    }

    public static void WriteMembers(Utf8JsonWriter writer, NotificationRule rule)
    {
        Put(writer, "eventTypes", [.. rule.EventTypes]);
        writer.WriteBoolean("isEnabled", rule.IsEnabled);
        writer.WriteBoolean("isSuspended", rule.Suspension is not null);
        writer.WriteNumber("maxEventsPerBatch", rule.MaxEventsPerBatch);
        writer.WriteString("name", rule.Name);
        writer.WriteText("objectNamePrefix", rule.Prefix);
        writer.WriteText("suspensionReason", rule.Suspension ?? "");
        writer.WriteStartObject("targetConfiguration");
        WriteMembers(writer, rule.Webhook);
        writer.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter writer, Webhook webhook)
    {
        if (webhook.Headers is { } headers)
        {
            writer.WriteStartArray("customHeaders");
            foreach (var (name, value) in headers)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteText("value", value);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteNull("customHeaders");
        }
        writer.WriteString("hmacSha256SigningSecret", webhook.SigningSecret);
        writer.WriteString("targetType", "webhook");
        writer.WriteText("url", webhook.Url);
    }

    public static Webhook ReadWebhook(JsonElement target, string ruleName)
    {
        if (target.ValueKind != JsonValueKind.Object)
        {
            throw Bad(ruleName, "targetConfiguration must be an object");
        }
        if (Text(Required(target, "targetType", ruleName), "targetType") is var type && type != "webhook")
        {
            throw Bad(ruleName, $"targetType is '{type}'; it must be webhook");
        }
        var secret = Member(target, "hmacSha256SigningSecret") is { } given ? Text(given, "hmacSha256SigningSecret") : null;
        if (secret is not null && !Secret().IsMatch(secret))
        {
            throw Bad(ruleName, "hmacSha256SigningSecret must be 32 letters and digits");
        }
        return new()
        {
            Url = CheckUrl(Text(Required(target, "url", ruleName), "url"), ruleName),
            Headers = Member(target, "customHeaders") is { } headers ? WebhookHeaders.Read(headers, ruleName) : null,
            SigningSecret = secret,
        };
    }

    /// <summary>True for a webhook on this machine, with which http and certificates of one's own will do.</summary>
    public static bool IsLoopback(string host) =>
        host == "localhost"
        || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));

    private static NotificationRule ReadRule(JsonElement rule)
    {
        var name = Text(Required(rule, "name", "without a name"), "name");
        if (!Name().IsMatch(name) || name.StartsWith("b2-", StringComparison.OrdinalIgnoreCase))
        {
            throw Bad(name, "names have 6 to 63 letters, digits and hyphens, and do not begin with b2-");
        }
        var target = Required(rule, "targetConfiguration", name);
        var webhook = ReadWebhook(target, name);
        return new()
        {
            Name = name,
            EventTypes = CheckTypes(Texts(rule, "eventTypes") ?? throw Bad(name, "eventTypes is missing"), name),
            IsEnabled = Required(rule, "isEnabled", name) switch
            {
                { ValueKind: JsonValueKind.True } => true,
                { ValueKind: JsonValueKind.False } => false,
                _ => throw Bad(name, "isEnabled must be true or false"),
            },
            Prefix = CheckPrefix(Text(Required(rule, "objectNamePrefix", name), "objectNamePrefix"), name),
            // Some write it in one place and some in the other.
            MaxEventsPerBatch = ReadBatch(Member(rule, "maxEventsPerBatch") ?? Member(target, "maxEventsPerBatch"), name),
            Webhook = webhook,
        };
    }

    private static List<string> CheckTypes(List<string> types, string ruleName)
    {
        if (types.Count == 0)
        {
            throw new Refusal(400, "event_types_empty", $"The notification rule {ruleName} has no eventTypes");
        }
        if (types.Except(EventTypes.All, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new Refusal(400, "event_type_invalid", $"The notification rule {ruleName} has the event type '{unknown}', which is none");
        }
        for (var i = 0; i < types.Count; i++)
        {
            if (types.FindIndex(i + 1, other => EventTypes.Overlap(types[i], other)) is var again and >= 0)
            {
                throw new Refusal(
                    400,
                    "event_type_overlap",
                    $"The notification rule {ruleName} has the overlapping event types {types[i]} and {types[again]}"
                );
            }
        }
        return types;
    }

    private static string CheckPrefix(string prefix, string ruleName) =>
        FileNames.ToUtf8(prefix, "objectNamePrefix").Length <= FileNames.MaxBytes
            ? prefix
            : throw Bad(ruleName, $"objectNamePrefix has more than {FileNames.MaxBytes} bytes");

    private static int ReadBatch(JsonElement? batch, string ruleName) =>
        batch is not { } given ? 1
        : given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var count) && count is >= 1 and <= MaxBatch ? count
        : throw Bad(ruleName, $"maxEventsPerBatch must be in range 1 - {MaxBatch}");

    private static string CheckUrl(string url, string ruleName) =>
        url.Length <= MaxUrlLength
        && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && parsed.UserInfo.Length == 0
        && (parsed.Scheme == Uri.UriSchemeHttps || (parsed.Scheme == Uri.UriSchemeHttp && IsLoopback(parsed.Host)))
            ? url
            : throw Bad(
                ruleName,
                $"url must be an https URL of at most {MaxUrlLength} characters and without user information (this emulator takes http too when the host is this machine)"
            );

    private static JsonElement Required(JsonElement element, string name, string ruleName) =>
        Member(element, name) ?? throw Bad(ruleName, $"{name} is missing");

    private static Refusal Bad(string ruleName, string what) => Refusal.BadRequest($"Bad notification rule {ruleName}: {what}");

    [GeneratedRegex("^[A-Za-z0-9-]{6,63}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9]{32}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Secret();
}
