using System.Text.Json;
using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

/// <summary>Reads and writes versions of files by hand, as a listing has millions of them: without boxes, and with one object for what every row says alike.</summary>
internal sealed class FileVersionConverter : JsonConverter<FileVersion>
{
    private static readonly Restricted<FileRetention> NotRetained = new() { IsClientAuthorizedToRead = true, Value = FileRetention.None };
    private static readonly Restricted<LegalHold?> NotHeld = new() { IsClientAuthorizedToRead = true };

    // All rows of a listing are of one account and bucket, and few types; each thread remembers the last.
    [ThreadStatic]
    private static string? _accountId;

    [ThreadStatic]
    private static string? _bucketId;

    [ThreadStatic]
    private static string? _contentType;

    public override FileVersion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        string? fileId = null,
            fileName = null,
            contentType = null,
            contentSha1 = null,
            contentMd5 = null,
            accountId = null,
            bucketId = null,
            replicationStatus = null;
        var action = FileAction.Upload;
        // Version 1 of the API says size, and some servers say nothing else.
        long? length = null,
            size = null;
        var uploadTimestamp = default(DateTimeOffset);
        IReadOnlyDictionary<string, string>? fileInfo = null;
        Restricted<FileRetention>? retention = null;
        Restricted<LegalHold?>? legalHold = null;
        EncryptionSetting? encryption = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = Member(ref reader);
            reader.Read();
            switch (member)
            {
                case FileMember.FileName:
                    fileName = reader.GetString();
                    break;
                case FileMember.FileId:
                    fileId = reader.GetString();
                    break;
                case FileMember.AccountId:
                    accountId = Remembered(ref reader, ref _accountId);
                    break;
                case FileMember.BucketId:
                    bucketId = Remembered(ref reader, ref _bucketId);
                    break;
                case FileMember.Action:
                    action = ReadAction(ref reader);
                    break;
                case FileMember.ContentLength:
                    length = ReadLength(ref reader);
                    break;
                case FileMember.Size:
                    size = ReadLength(ref reader);
                    break;
                case FileMember.ContentType:
                    contentType = Remembered(ref reader, ref _contentType);
                    break;
                case FileMember.ContentSha1:
                    contentSha1 = reader.GetString();
                    break;
                case FileMember.ContentMd5:
                    contentMd5 = reader.GetString();
                    break;
                case FileMember.UploadTimestamp:
                    uploadTimestamp = TimestampConverter.ReadTimestamp(ref reader);
                    break;
                case FileMember.FileInfo:
                    fileInfo = ReadInfo(ref reader);
                    break;
                case FileMember.FileRetention:
                    retention = ReadRetention(ref reader);
                    break;
                case FileMember.LegalHold:
                    legalHold = ReadLegalHold(ref reader);
                    break;
                case FileMember.ServerSideEncryption:
                    encryption = ReadEncryption(ref reader);
                    break;
                case FileMember.ReplicationStatus:
                    replicationStatus = reader.GetString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return new()
        {
            FileName = fileName ?? throw new JsonException("A version of a file has no fileName."),
            FileId = fileId,
            Action = action,
            SizeInBytes = length ?? size ?? 0,
            ContentType = contentType,
            ContentSha1 = contentSha1,
            ContentMd5 = contentMd5,
            FileInfo = fileInfo,
            UploadTimestamp = uploadTimestamp,
            AccountId = accountId,
            BucketId = bucketId,
            FileRetention = retention,
            LegalHold = legalHold,
            ServerSideEncryption = encryption,
            ReplicationStatus = replicationStatus is null ? null : new ReplicationStatus(replicationStatus),
        };
    }

    public override void Write(Utf8JsonWriter writer, FileVersion value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        WriteText(writer, "accountId", value.AccountId);
        writer.WriteString("action", value.Action.ToString());
        WriteText(writer, "bucketId", value.BucketId);
        writer.WriteNumber("contentLength", value.SizeInBytes);
        WriteText(writer, "contentMd5", value.ContentMd5);
        WriteText(writer, "contentSha1", value.ContentSha1);
        WriteText(writer, "contentType", value.ContentType);
        WriteText(writer, "fileId", value.FileId.Length > 0 ? value.FileId : null);
        writer.WriteStartObject("fileInfo");
        foreach (var (key, text) in value.FileInfo)
        {
            writer.WriteString(key, text);
        }
        writer.WriteEndObject();
        writer.WriteString("fileName", value.FileName);
        if (value.FileRetention is { } retention)
        {
            WriteRestricted(writer, "fileRetention", retention.IsClientAuthorizedToRead);
            if (retention.Value is { } until)
            {
                writer.WriteStartObject("value");
                WriteText(writer, "mode", until.Mode?.ToString());
                if (until.RetainUntilTimestamp is { } timestamp)
                {
                    writer.WriteNumber("retainUntilTimestamp", timestamp.ToUnixTimeMilliseconds());
                }
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        if (value.LegalHold is { } hold)
        {
            WriteRestricted(writer, "legalHold", hold.IsClientAuthorizedToRead);
            WriteText(writer, "value", hold.Value?.ToString());
            writer.WriteEndObject();
        }
        WriteText(writer, "replicationStatus", value.ReplicationStatus?.ToString());
        if (value.ServerSideEncryption is { } encryption)
        {
            writer.WriteStartObject("serverSideEncryption");
            WriteText(writer, "algorithm", encryption.Algorithm);
            WriteText(writer, "mode", encryption.Mode?.ToString());
            writer.WriteEndObject();
        }
        writer.WriteNumber("uploadTimestamp", value.UploadTimestamp.ToUnixTimeMilliseconds());
        writer.WriteEndObject();
    }

    // The first letters and the length tell the members apart, so that each name is compared once.
    private static FileMember Member(ref Utf8JsonReader reader) =>
        reader.HasValueSequence || reader.ValueIsEscaped
            ? Slowly(ref reader)
            : reader.ValueSpan.Length switch
            {
                4 => Is(ref reader, "size"u8, FileMember.Size),
                6 => Is(ref reader, "fileId"u8, FileMember.FileId) | Is(ref reader, "action"u8, FileMember.Action),
                8 => Is(ref reader, "fileName"u8, FileMember.FileName)
                    | Is(ref reader, "fileInfo"u8, FileMember.FileInfo)
                    | Is(ref reader, "bucketId"u8, FileMember.BucketId),
                9 => Is(ref reader, "accountId"u8, FileMember.AccountId) | Is(ref reader, "legalHold"u8, FileMember.LegalHold),
                10 => Is(ref reader, "contentMd5"u8, FileMember.ContentMd5),
                11 => Is(ref reader, "contentSha1"u8, FileMember.ContentSha1) | Is(ref reader, "contentType"u8, FileMember.ContentType),
                13 => Is(ref reader, "contentLength"u8, FileMember.ContentLength)
                    | Is(ref reader, "fileRetention"u8, FileMember.FileRetention),
                15 => Is(ref reader, "uploadTimestamp"u8, FileMember.UploadTimestamp),
                17 => Is(ref reader, "replicationStatus"u8, FileMember.ReplicationStatus),
                20 => Is(ref reader, "serverSideEncryption"u8, FileMember.ServerSideEncryption),
                _ => FileMember.Unknown,
            };

    private static FileMember Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, FileMember member) =>
        reader.ValueSpan.SequenceEqual(name) ? member : FileMember.Unknown;

    private static FileMember Slowly(ref Utf8JsonReader reader) =>
        Enum.TryParse<FileMember>(reader.GetString(), ignoreCase: true, out var member) && Enum.IsDefined(member)
            ? member
            : FileMember.Unknown;

    private static long ReadLength(ref Utf8JsonReader reader) =>
        reader.GetInt64() is >= 0 and var length ? length : throw new JsonException("A length is below 0.");

    // Nearly every row of a listing is an upload.
    private static FileAction ReadAction(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("upload"u8)
            ? FileAction.Upload
            : new(reader.GetString() ?? throw new JsonException("The action of a version is null."));

    private static string? Remembered(ref Utf8JsonReader reader, ref string? last)
    {
        if (reader.TokenType == JsonTokenType.String && last is not null && reader.ValueTextEquals(last))
        {
            return last;
        }
        var text = reader.GetString();
        last = text ?? last;
        return text;
    }

    private static ValueMap? ReadInfo(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        Expect(ref reader, JsonTokenType.StartObject);
        Dictionary<string, string>? info = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.ValueTextEquals(FileInfoKeys.SourceLastModified) ? FileInfoKeys.SourceLastModified : reader.GetString()!;
            reader.Read();
            if (reader.GetString() is { } text)
            {
                info ??= new(1, StringComparer.Ordinal);
                info[key] = text;
            }
        }
        return info is null ? ValueMap.Empty : new ValueMap(info);
    }

    private static Restricted<FileRetention>? ReadRetention(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        Expect(ref reader, JsonTokenType.StartObject);
        var (isReadable, hasValue, mode, until) = (false, false, default(RetentionMode?), default(DateTimeOffset?));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (IsAuthorization(ref reader))
            {
                isReadable = reader.TokenType == JsonTokenType.True;
            }
            else if (IsValue(ref reader))
            {
                hasValue = true;
                Expect(ref reader, JsonTokenType.StartObject);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (isMode, isUntil) = (reader.ValueTextEquals("mode"u8), reader.ValueTextEquals("retainUntilTimestamp"u8));
                    reader.Read();
                    if (isMode)
                    {
                        mode = reader.GetString() is { } word ? new RetentionMode(word) : null;
                    }
                    else if (isUntil)
                    {
                        until = reader.TokenType == JsonTokenType.Null ? null : TimestampConverter.ReadTimestamp(ref reader);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
        }
        return isReadable && hasValue && mode is null && until is null
            ? NotRetained
            : new()
            {
                IsClientAuthorizedToRead = isReadable,
                Value = hasValue ? new() { Mode = mode, RetainUntilTimestamp = until } : null,
            };
    }

    private static Restricted<LegalHold?>? ReadLegalHold(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        Expect(ref reader, JsonTokenType.StartObject);
        var (isReadable, hold) = (false, default(LegalHold?));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (IsAuthorization(ref reader))
            {
                isReadable = reader.TokenType == JsonTokenType.True;
            }
            else if (IsValue(ref reader))
            {
                hold = reader.GetString() is { } word ? new LegalHold(word) : null;
            }
        }
        return isReadable && hold is null ? NotHeld : new() { IsClientAuthorizedToRead = isReadable, Value = hold };
    }

    private static EncryptionSetting? ReadEncryption(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        Expect(ref reader, JsonTokenType.StartObject);
        var (mode, algorithm) = (default(string), default(string));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (isMode, isAlgorithm) = (reader.ValueTextEquals("mode"u8), reader.ValueTextEquals("algorithm"u8));
            reader.Read();
            if (isMode)
            {
                mode = reader.GetString();
            }
            else if (isAlgorithm)
            {
                algorithm = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }
        return mode is null && algorithm is null
            ? EncryptionSetting.None
            : new() { Mode = mode is null ? null : new EncryptionMode(mode), Algorithm = algorithm };
    }

    private static bool IsAuthorization(ref Utf8JsonReader reader)
    {
        if (!reader.ValueTextEquals("isClientAuthorizedToRead"u8))
        {
            return false;
        }
        reader.Read();
        return true;
    }

    /// <summary>Goes to the value, if this is the member and it is not null; over anything else.</summary>
    private static bool IsValue(ref Utf8JsonReader reader)
    {
        var isValue = reader.ValueTextEquals("value"u8);
        reader.Read();
        if (isValue && reader.TokenType != JsonTokenType.Null)
        {
            return true;
        }
        reader.Skip();
        return false;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"A {type} was expected, and a {reader.TokenType} came.");
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteRestricted(Utf8JsonWriter writer, string name, bool isReadable)
    {
        writer.WriteStartObject(name);
        writer.WriteBoolean("isClientAuthorizedToRead", isReadable);
    }

    private enum FileMember
    {
        Unknown = 0,
        Size,
        FileId,
        Action,
        FileName,
        FileInfo,
        BucketId,
        AccountId,
        LegalHold,
        ContentMd5,
        ContentSha1,
        ContentType,
        ContentLength,
        FileRetention,
        UploadTimestamp,
        ReplicationStatus,
        ServerSideEncryption,
    }
}
