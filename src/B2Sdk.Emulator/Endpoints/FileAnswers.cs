using System.Text.Json;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>How versions of files and parts are answered.</summary>
internal static class FileAnswers
{
    /// <summary>Writes a version as the direct answer to a call.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, FileVersion file, Call call, string? action = null) =>
        Write(writer, file, call.Key, call.Version, isRow: false, withIds: true, action);

    /// <summary>Writes the marker that a call made, of which the first version of the API does not say where it is.</summary>
    public static void WriteNewMarker(Utf8JsonWriter writer, FileVersion marker, Call call) =>
        Write(writer, marker, call.Key, call.Version, isRow: false, withIds: call.Version >= 2, action: null);

    /// <summary>Writes a version as a row of a listing.</summary>
    public static void WriteRow(Utf8JsonWriter writer, FileVersion file, Call call)
    {
        writer.WriteStartObject();
        Write(writer, file, call.Key, call.Version, isRow: true, withIds: call.Version >= 2, action: null);
        writer.WriteEndObject();
    }

    public static void WritePart(Utf8JsonWriter writer, string fileId, Segment part, long timestamp, Encryption encryption)
    {
        writer.WriteNumber("contentLength", part.Length);
        writer.WriteString("contentMd5", part.Md5);
        writer.WriteString("contentSha1", part.Sha1);
        writer.WriteString("fileId", fileId);
        writer.WriteNumber("partNumber", part.Number);
        writer.WriteJson("serverSideEncryption", encryption.ToJson());
        writer.WriteNumber("uploadTimestamp", timestamp);
    }

    private static void Write(
        Utf8JsonWriter writer,
        FileVersion file,
        ApplicationKey key,
        int version,
        bool isRow,
        bool withIds,
        string? action
    )
    {
        var isFolder = file.Action == FileAction.Folder;
        var isMarker = file.Action == FileAction.Hide;
        if (withIds)
        {
            writer.WriteString("accountId", file.Bucket.AccountId);
        }
        writer.WriteString("action", action ?? NameOf(file.Action));
        if (withIds)
        {
            writer.WriteString("bucketId", file.Bucket.Id);
        }
        writer.WriteNumber("contentLength", file.Length);
        writer.WriteString("contentMd5", file.Md5);
        writer.WriteString("contentSha1", file.Sha1);
        writer.WriteText("contentType", isFolder ? null : file.ContentType);
        writer.WriteString("fileId", isFolder ? null : file.FileId);
        writer.WriteJson("fileInfo", file.Info);
        writer.WriteText("fileName", file.NameBytes);
        var isContent = !isFolder && !isMarker;
        if (isContent && version >= 2)
        {
            WriteRestricted(writer, "fileRetention", key.Has(Capabilities.ReadFileRetentions), RetentionRules.ToJson(file.Retention));
            WriteRestricted(writer, "legalHold", key.Has(Capabilities.ReadFileLegalHolds), RetentionRules.ToJson(file.LegalHold));
        }
        if (isContent && version >= 2 && file.Replication is { } status)
        {
            writer.WriteString("replicationStatus", NameOf(status));
        }
        if (isContent)
        {
            writer.WriteJson("serverSideEncryption", file.Encryption.ToJson());
        }
        if (isRow && version == 1)
        {
            writer.WriteNumber("size", file.Length);
        }
        writer.WriteNumber("uploadTimestamp", file.Place.Timestamp);
    }

    public static string NameOf(ReplicationStatus status) =>
        status switch
        {
            ReplicationStatus.Pending => "PENDING",
            ReplicationStatus.Completed => "COMPLETED",
            ReplicationStatus.Failed => "FAILED",
            _ => "REPLICA",
        };

    private static string NameOf(FileAction action) =>
        action switch
        {
            FileAction.Upload => "upload",
            FileAction.Hide => "hide",
            FileAction.Start => "start",
            _ => "folder",
        };

    /// <summary>Writes what only certain keys may read.</summary>
    public static void WriteRestricted(Utf8JsonWriter writer, string name, bool mayRead, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteBoolean("isClientAuthorizedToRead", mayRead);
        writer.WriteJson("value", mayRead ? value : "null");
        writer.WriteEndObject();
    }
}
