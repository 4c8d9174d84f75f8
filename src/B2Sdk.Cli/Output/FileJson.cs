using System.Text.Json;

namespace B2Sdk.Cli.Output;

/// <summary>A version in the JSON of the Python tool.</summary>
internal static class FileJson
{
    private const string Unknown = "unknown";

    // Keys are not told by B2, and are nobody's business.
    private const string Masked = "******";

    public static void Write(Utf8JsonWriter json, FileVersion file) => Write(json, file, withHeaders: false);

    /// <summary>Writes a version, with the headers of its downloads as members of their own, too, where that is asked for.</summary>
    public static void Write(Utf8JsonWriter json, FileVersion file, bool withHeaders)
    {
        json.WriteStartObject();
        WriteIfKnown("accountId", file.AccountId);
        json.WriteString("action", file.Action.Value);
        WriteIfKnown("bucketId", file.BucketId);
        WriteHeader("cacheControl", "b2-cache-control");
        WriteHeader("contentDisposition", "b2-content-disposition");
        WriteHeader("contentEncoding", "b2-content-encoding");
        WriteHeader("contentLanguage", "b2-content-language");
        WriteIfKnown("contentMd5", file.ContentMd5);
        WriteIfKnown("contentSha1", file.ContentSha1);
        WriteIfKnown("contentType", file.ContentType);
        WriteHeader("expires", "b2-expires");
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

        void WriteHeader(string name, string infoKey) => WriteIfKnown(name, withHeaders ? file.FileInfo.GetValueOrDefault(infoKey) : null);
    }

    public static void WriteEncryption(Utf8JsonWriter json, string name, EncryptionSetting? encryption)
    {
        json.WriteStartObject(name);
        if (encryption?.Algorithm is { } algorithm)
        {
            json.WriteString("algorithm", algorithm);
        }
        if (encryption?.Mode == EncryptionMode.SseC)
        {
            json.WriteString("customerKey", Masked);
            json.WriteString("customerKeyMd5", Masked);
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
