using System.Text.Json.Serialization;

namespace B2Sdk;

/// <summary>A part of a large file, as B2 has stored it.</summary>
public sealed record LargeFilePart
{
    /// <summary>The large file's id.</summary>
    public required string FileId { get; init; }

    /// <summary>Which part it is, from 1 to 10,000.</summary>
    public required int PartNumber { get; init; }

    /// <summary>The part's bytes.</summary>
    [JsonPropertyName("contentLength")]
    public required long SizeInBytes { get; init; }

    /// <summary>The part's SHA-1 as 40 hex digits; null where B2 did not say.</summary>
    public string? ContentSha1 { get; init; }

    /// <summary>The part's MD5 as 32 hex digits; null where B2 did not say.</summary>
    public string? ContentMd5 { get; init; }

    /// <summary>The part's encryption; null where B2 did not say, which means none.</summary>
    public EncryptionSetting? ServerSideEncryption { get; init; }

    /// <summary>When the part was uploaded or copied; null where B2 did not say.</summary>
    public DateTimeOffset? UploadTimestamp { get; init; }
}
