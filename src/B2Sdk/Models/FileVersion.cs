using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace B2Sdk;

/// <summary>One version of a file, or another row of a listing: a hide marker, an unfinished large file, a folder.</summary>
public sealed record FileVersion
{
    /// <summary>The id of this version; null only for folders.</summary>
    public string? FileId { get; init; }

    /// <summary>The whole name. For a folder, the name up to and including the delimiter.</summary>
    public required string FileName { get; init; }

    /// <summary>What this row is.</summary>
    public FileAction Action { get; init; } = FileAction.Upload;

    /// <summary>The content's length in bytes; 0 for everything that has no content.</summary>
    [JsonPropertyName("contentLength")]
    public long SizeInBytes { get; init; }

    /// <summary>The MIME type; null for folders.</summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// The content's SHA-1 as B2 states it: 40 hex digits, <c>unverified:</c> and 40 hex digits, <c>none</c> for large files, or null.
    /// </summary>
    public string? ContentSha1 { get; init; }

    /// <summary>The content's MD5 as 32 hex digits; null for large files and where B2 did not say.</summary>
    public string? ContentMd5 { get; init; }

    /// <summary>What the uploader wrote about the file, by lower-case key.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> FileInfo
    {
        get;
        init => field = value ?? new Dictionary<string, string>();
    } = new Dictionary<string, string>();

    /// <summary>When the upload was made; a large file counts from its start. In listings B2 gives whole seconds.</summary>
    public DateTimeOffset UploadTimestamp { get; init; }

    /// <summary>The account that owns the file; null where the answer came as headers.</summary>
    public string? AccountId { get; init; }

    /// <summary>The bucket that holds the file; null where the answer came as headers.</summary>
    public string? BucketId { get; init; }

    /// <summary>The file's retention; null where B2 did not say.</summary>
    public Restricted<FileRetention>? FileRetention { get; init; }

    /// <summary>The file's legal hold; null where B2 did not say.</summary>
    public Restricted<LegalHold?>? LegalHold { get; init; }

    /// <summary>The file's encryption; null where B2 did not say, which means none.</summary>
    public EncryptionSetting? ServerSideEncryption { get; init; }

    /// <summary>How far replication is; null when no rule covers the file.</summary>
    public ReplicationStatus? ReplicationStatus { get; init; }
}
