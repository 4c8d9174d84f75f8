using System.Text.Json;

namespace B2Sdk.Cli.Output;

/// <summary>An application key in the JSON of the Python library.</summary>
internal static class KeyJson
{
    public static void Write(Utf8JsonWriter json, ApplicationKey key)
    {
        json.WriteStartObject();
        if (key.AccountId is { } accountId)
        {
            json.WriteString("accountId", accountId);
        }
        if (key is CreatedApplicationKey created)
        {
            json.WriteString("applicationKey", created.Key.Reveal());
        }
        json.WriteString("applicationKeyId", key.ApplicationKeyId);
        json.WriteWords("bucketIds", key.BucketIds);
        json.WriteWords("capabilities", key.Capabilities.Select(capability => capability.Value));
        json.WriteNumberOrNull("expirationTimestamp", key.ExpirationTimestamp?.ToUnixTimeMilliseconds());
        json.WriteString("keyName", key.KeyName);
        json.WriteString("namePrefix", key.NamePrefix);
        json.WriteWords("options", key.Options);
        json.WriteEndObject();
    }
}
