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
        Write(writer, VersionRow.Of(file), FileView.Of(call), isRow: false, withIds: true, action);

    /// <summary>Writes the marker that a call made, of which the first version of the API does not say where it is.</summary>
    public static void WriteNewMarker(Utf8JsonWriter writer, FileVersion marker, Call call) =>
        Write(writer, VersionRow.Of(marker), FileView.Of(call), isRow: false, withIds: call.Version >= 2, action: null);

    /// <summary>Writes a row of a listing.</summary>
    public static void WriteRow(Utf8JsonWriter writer, VersionRow file, FileView view)
    {
        writer.WriteStartObject();
        Write(writer, file, view, isRow: true, withIds: view.Version >= 2, action: null);
        writer.WriteEndObject();
    }

    public static void WritePart(Utf8JsonWriter writer, string fileId, Segment part, long timestamp, Encryption encryption)
    {
        writer.WriteNumber(Members.ContentLength, part.Length);
        writer.WriteString(Members.ContentMd5, part.Md5);
        writer.WriteString(Members.ContentSha1, part.Sha1);
        writer.WriteString(Members.FileId, fileId);
        writer.WriteNumber(Members.PartNumber, part.Number);
        writer.WriteJson(Members.ServerSideEncryption, encryption.ToJson());
        writer.WriteNumber(Members.UploadTimestamp, timestamp);
    }

    private static void Write(Utf8JsonWriter writer, VersionRow file, FileView view, bool isRow, bool withIds, string? action)
    {
        var isFolder = file.Action == FileAction.Folder;
        var isMarker = file.Action == FileAction.Hide;
        if (withIds)
        {
            writer.WriteString(Members.AccountId, file.Bucket.AccountId);
        }
        writer.WriteString(Members.Action, action ?? NameOf(file.Action));
        if (withIds)
        {
            writer.WriteString(Members.BucketId, file.Bucket.Id);
        }
        writer.WriteNumber(Members.ContentLength, file.Length);
        writer.WriteAscii(Members.ContentMd5, file.Md5);
        writer.WriteAscii(Members.ContentSha1, file.Sha1);
        writer.WriteAscii(Members.ContentType, file.ContentType);
        if (isFolder)
        {
            writer.WriteNull(Members.FileId);
        }
        else
        {
            Span<byte> fileId = stackalloc byte[FileIds.Length];
            FileIds.Write(fileId, file.Bucket.Id, file.Kind, file.Place);
            writer.WriteString(Members.FileId, fileId);
        }
        writer.WriteJson(Members.FileInfo, file.Info);
        writer.WriteText(Members.FileName, file.Name);
        var isContent = !isFolder && !isMarker;
        if (isContent && view.Version >= 2)
        {
            WriteRestricted(writer, Members.FileRetention, view.Retention, RetentionRules.ToJson(file.Retention));
            WriteRestricted(writer, Members.LegalHold, view.LegalHold, RetentionRules.ToJson(file.LegalHold));
        }
        if (isContent && view.Version >= 2 && file.Replication is { } status)
        {
            writer.WriteString(Members.ReplicationStatus, NameOf(status));
        }
        if (isContent)
        {
            writer.WriteJson(Members.ServerSideEncryption, file.Encryption.ToJson());
        }
        if (isRow && view.Version == 1)
        {
            writer.WriteNumber(Members.Size, file.Length);
        }
        writer.WriteNumber(Members.UploadTimestamp, file.Place.Timestamp);
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
    public static void WriteRestricted(Utf8JsonWriter writer, JsonEncodedText name, bool mayRead, ReadOnlySpan<byte> value)
    {
        writer.WriteStartObject(name);
        writer.WriteBoolean(Members.IsClientAuthorizedToRead, mayRead);
        writer.WriteJson(Members.Value, mayRead ? value : "null"u8);
        writer.WriteEndObject();
    }
}
