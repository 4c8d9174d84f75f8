using System.Text.Json;

namespace B2Sdk.Cli.Output;

/// <summary>A version in the JSON of the Python tool.</summary>
internal static class FileJson
{
    private const string Unknown = "unknown";

    public static void Write(Utf8JsonWriter json, FileVersion file)
    {
        json.WriteStartObject();
        WriteIfKnown("accountId", file.AccountId);
        json.WriteString("action", file.Action.Value);
        WriteIfKnown("bucketId", file.BucketId);
        WriteIfKnown("contentMd5", file.ContentMd5);
        WriteIfKnown("contentSha1", file.ContentSha1);
        WriteIfKnown("contentType", file.ContentType);
        json.WriteString("fileId", file.Action == FileAction.Folder ? null : file.FileId);
        json.WriteMap("fileInfo", file.FileInfo);
        json.WriteString("fileName", file.FileName);
        WriteRetention(json, file.FileRetention);
        WriteLegalHold(json, file.LegalHold);
        json.WriteString("replicationStatus", file.ReplicationStatus?.ToString());
        WriteEncryption(json, "serverSideEncryption", file.ServerSideEncryption);
        json.WriteNumber("size", file.SizeInBytes);
        json.WriteNumber("uploadTimestamp", file.UploadTimestamp.ToUnixTimeMilliseconds());
        json.WriteEndObject();

        void WriteIfKnown(string name, string? value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }
    }

    public static void WriteEncryption(Utf8JsonWriter json, string name, EncryptionSetting? encryption)
    {
        json.WriteStartObject(name);
        if (encryption?.Algorithm is { } algorithm)
        {
            json.WriteString("algorithm", algorithm);
        }
        json.WriteString("mode", encryption?.Mode?.Value ?? "none");
        json.WriteEndObject();
    }

    private static void WriteRetention(Utf8JsonWriter json, Restricted<FileRetention>? retention)
    {
        json.WriteStartObject("fileRetention");
        json.WriteString("mode", retention is { IsClientAuthorizedToRead: false } ? Unknown : retention?.Value?.Mode?.Value);
        json.WriteNumberOrNull("retainUntilTimestamp", retention?.Value?.RetainUntilTimestamp?.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    private static void WriteLegalHold(Utf8JsonWriter json, Restricted<LegalHold?>? hold) =>
        json.WriteString("legalHold", hold is { IsClientAuthorizedToRead: false } ? Unknown : hold?.Value?.Value);
}
