using System.Text.Json;

namespace B2Sdk.Fuzz;

/// <summary>Writes a template with what exists in the surroundings, and with damage: values of other kinds, members that are missing, doubled or unknown.</summary>
internal sealed class JsonDamage(Random random, Surroundings? around)
{
    public string Write(JsonNode template)
    {
        // Some are left whole, so that the damage is not always found at the door.
        var damage = random.OneIn(3) ? int.MaxValue : random.Pick([3, 8, 20]);
        var text = new StringBuilder();
        Write(text, template, name: null, damage);
        return text.ToString();
    }

    private void Write(StringBuilder text, JsonNode? node, string? name, int damage)
    {
        if (name is not null and not "url" && random.OneIn(damage))
        {
            text.Append(random.OneIn(2) ? random.Pick(Nasty.Json) : JsonSerializer.Serialize(random.Pick(Nasty.Texts)));
        }
        else if (node is JsonObject members)
        {
            WriteObject(text, members, damage);
        }
        else if (node is JsonArray elements)
        {
            text.Append('[');
            for (var i = 0; i < elements.Count; i++)
            {
                text.Append(i > 0 ? "," : "");
                Write(text, elements[i], name, damage);
            }
            text.Append(']');
        }
        else
        {
            text.Append(Existing(name) is { } existing ? JsonSerializer.Serialize(existing) : node?.ToJsonString() ?? "null");
        }
    }

    private void WriteObject(StringBuilder text, JsonObject members, int damage)
    {
        var names = members.Select(member => member.Key).Where(_ => !random.OneIn(damage)).ToList();
        if (random.OneIn(damage) && names.Count > 0)
        {
            names.Add(random.Pick(names));
        }
        if (random.OneIn(damage))
        {
            names.Add(random.Pick(Nasty.Texts));
        }
        text.Append('{');
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(i > 0 ? "," : "").Append(JsonSerializer.Serialize(names[i])).Append(':');
            Write(text, members[names[i]], names[i], damage);
        }
        text.Append('}');
    }

    private string? Existing(string? name) =>
        name switch
        {
            // Nobody is to be notified but a port at which nobody listens.
            "url" => "https://127.0.0.1:1/nobody",
            _ when around is null => null,
            "accountId" => around.AccountId,
            "bucketId" or "bucketIds" or "destinationBucketId" => random.Pick(around.BucketIds),
            "bucketName" => random.OneIn(2) ? random.Pick(around.BucketNames) : $"fuzz-{random.NextInt64():x16}",
            "fileName" or "startFileName" or "prefix" or "namePrefix" or "fileNamePrefix" => random.Pick(around.FileNames),
            "fileId" or "sourceFileId" or "startFileId" => random.Pick(around.FileIds),
            "largeFileId" => random.Pick(around.LargeFileIds),
            "applicationKeyId" or "startApplicationKeyId" => random.Pick(around.KeyIds),
            _ => null,
        };
}
