using System.Text.Json;

namespace B2Sdk.Cli.Output;

/// <summary>A notification rule in the JSON of the service.</summary>
/// <param name="isMasked">True to keep secrets from whoever looks on.</param>
internal sealed class NotificationRuleJson(bool isMasked)
{
    public void Write(Utf8JsonWriter json, NotificationRule rule)
    {
        json.WriteStartObject();
        json.WriteWords("eventTypes", rule.EventTypes.Select(type => type.Value));
        json.WriteBoolean("isEnabled", rule.IsEnabled);
        json.WriteBoolean("isSuspended", rule.IsSuspended ?? false);
        if (rule.MaxEventsPerBatch is { } batch)
        {
            json.WriteNumber("maxEventsPerBatch", batch);
        }
        json.WriteString("name", rule.Name);
        json.WriteString("objectNamePrefix", rule.ObjectNamePrefix);
        json.WriteString("suspensionReason", rule.SuspensionReason ?? "");
        WriteTarget(json, rule.TargetConfiguration);
        json.WriteEndObject();
    }

    private void WriteTarget(Utf8JsonWriter json, NotificationTarget target)
    {
        json.WriteStartObject("targetConfiguration");
        if (target.CustomHeaders is { Count: > 0 } headers)
        {
            json.WriteStartArray("customHeaders");
            foreach (var header in headers)
            {
                json.WriteStartObject();
                json.WriteString("name", header.Name);
                json.WriteString("value", Show(header.Value));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("customHeaders");
        }
        if (target.HmacSha256SigningSecret is { } secret)
        {
            json.WriteString("hmacSha256SigningSecret", Show(secret));
        }
        else
        {
            json.WriteNull("hmacSha256SigningSecret");
        }
        json.WriteString("targetType", target.TargetType);
        json.WriteString("url", target.Url.OriginalString);
        json.WriteEndObject();
    }

    private string Show(Secret secret) => isMasked ? secret.ToString() : secret.Reveal();
}
