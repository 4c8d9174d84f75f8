using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace B2Sdk;

/// <summary>One version of a file, or another row of a listing: a hide marker, an unfinished large file, a folder.</summary>
/// <remarks>It says what was so when B2 answered, and never changes. Two are equal when all that they say is: a listing, for one, dates to the second, and headers lack the account and the bucket.</remarks>
public sealed record FileVersion
{
    private const string Unverified = "unverified:";

    /// <summary>The id of this version; empty for folders, which have none.</summary>
    [AllowNull]
    public string FileId
    {
        get;
        init => field = value ?? "";
    } = "";

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
        init => field = ValueMap.Of(value);
    } = ValueMap.Empty;

    /// <summary>
    /// The content's SHA-1 as 40 hex digits, from wherever it is known: what B2 states, verified or not, or for a large file what its uploader wrote; null when nobody says.
    /// </summary>
    [JsonIgnore]
    public string? Sha1 =>
        ContentSha1 is { } sha1 && IsSha1(sha1) ? sha1
        : ContentSha1 is { } other && other.StartsWith(Unverified, StringComparison.Ordinal) && IsSha1(other[Unverified.Length..])
            ? other[Unverified.Length..]
        : FileInfo.GetValueOrDefault(FileInfoKeys.LargeFileSha1) is { } whole && IsSha1(whole) ? whole
        : null;

    /// <summary>True when B2 itself compared the content with <see cref="Sha1"/> when it was uploaded.</summary>
    [JsonIgnore]
    public bool IsSha1Verified => ContentSha1 is { } sha1 && IsSha1(sha1);

    /// <summary>When the content was last changed, as its uploader wrote in <c>src_last_modified_millis</c>; the upload's time where that is missing or no time.</summary>
    [JsonIgnore]
    public DateTimeOffset LastModified =>
        long.TryParse(
            FileInfo.GetValueOrDefault(FileInfoKeys.SourceLastModified),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var milliseconds
        ) && milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : UploadTimestamp;

    /// <summary>The <c>Cache-Control</c> of downloads; null for none.</summary>
    [JsonIgnore]
    public string? CacheControl => FileInfo.GetValueOrDefault(FileInfoKeys.CacheControl);

    /// <summary>The <c>Content-Disposition</c> of downloads; null for none.</summary>
    [JsonIgnore]
    public string? ContentDisposition => FileInfo.GetValueOrDefault(FileInfoKeys.ContentDisposition);

    /// <summary>The <c>Content-Encoding</c> of downloads; null for none.</summary>
    [JsonIgnore]
    public string? ContentEncoding => FileInfo.GetValueOrDefault(FileInfoKeys.ContentEncoding);

    /// <summary>The <c>Content-Language</c> of downloads; null for none.</summary>
    [JsonIgnore]
    public string? ContentLanguage => FileInfo.GetValueOrDefault(FileInfoKeys.ContentLanguage);

    /// <summary>The <c>Expires</c> of downloads; null for none, and where it is not one of the three forms of an HTTP date.</summary>
    [JsonIgnore]
    public DateTimeOffset? Expires => HttpDate.Read(FileInfo.GetValueOrDefault(FileInfoKeys.Expires));

    /// <summary>The name of the customer's key with which the content is encrypted; null where it has none or nobody noted it.</summary>
    [JsonIgnore]
    public string? EncryptionKeyId => FileInfo.GetValueOrDefault(FileInfoKeys.EncryptionKeyId);

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

    /// <summary>The id by which something is done to this very version.</summary>
    internal static string IdOf(FileVersion file, [CallerArgumentExpression(nameof(file))] string? parameterName = null)
    {
        ArgumentNullException.ThrowIfNull(file, parameterName);
        return file.FileId.Length > 0
            ? file.FileId
            : throw new ArgumentException($"The {file.Action} '{file.FileName}' has no id, and so is no version of a file.", parameterName);
    }

    private static bool IsSha1(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigit);
}
