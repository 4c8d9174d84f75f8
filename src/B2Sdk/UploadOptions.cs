namespace B2Sdk;

/// <summary>What to say of a file that is uploaded, and how to send it.</summary>
public sealed record UploadOptions
{
    /// <summary>The MIME type; null lets B2 choose by the name's extension.</summary>
    public string? ContentType { get; init; }

    /// <summary>What to keep with the file, by key.</summary>
    /// <remarks>
    /// Keys are up to 50 letters, digits and <c>-_.`~!#$%^&amp;*'|+</c>, and B2 lower-cases them. Name and info together fit into 7,000 bytes as
    /// headers, 2,048 in an encrypted or lockable bucket.
    /// </remarks>
    public IReadOnlyDictionary<string, string> FileInfo
    {
        get;
        init => field = ValueMap.Of(value);
    } = ValueMap.Empty;

    /// <summary>How many bytes a stream will give, when it cannot tell itself; null when that is not known.</summary>
    /// <remarks>The upload fails, and nothing is stored, when the stream gives another number.</remarks>
    public long? Length { get; init; }

    /// <summary>
    /// Bytes per part of a large file, and the size above which a file becomes one; null for what the account recommends, usually 100,000,000.
    /// </summary>
    /// <remarks>
    /// At least the account's minimum, usually 5,000,000; at most 5,000,000,000. It grows by itself where more than 10,000 parts would be needed. A stream that cannot be read
    /// twice is kept in memory part by part, at most (<see cref="Concurrency"/> + 1) × <see cref="PartSize"/> bytes; its default part size is the account's minimum.
    /// </remarks>
    public long? PartSize { get; init; }

    /// <summary>How many parts travel at the same time, 1 to 100. Default: 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The SHA-1 that the content must have, as 40 hex digits; null when it is not known beforehand.</summary>
    /// <remarks>
    /// The upload fails, and nothing is stored, when the content has another one. Large files keep it as <c>large_file_sha1</c>, by which downloads are proven; a source that can be read
    /// twice is read once more for it before a large file is begun.
    /// </remarks>
    public string? ContentSha1 { get; init; }

    /// <summary>When the content was last changed, kept as <c>src_last_modified_millis</c>; null for what the info says, else a local file's own time, and nothing with other sources.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The upload time that B2 is to record instead of its own clock's; null for the clock's. The account must be enabled for this.</summary>
    public DateTimeOffset? CustomUploadTimestamp { get; init; }

    /// <summary>The <c>Cache-Control</c> that downloads get; null for none.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The <c>Content-Disposition</c> that downloads get; null for none.</summary>
    public string? ContentDisposition { get; init; }

    /// <summary>The <c>Content-Encoding</c> that downloads get; null for none. The bytes are stored as they are given.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The <c>Content-Language</c> that downloads get; null for none.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The <c>Expires</c> that downloads get, in whole seconds; null for none.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary><see cref="EncryptionSetting.SseB2"/> or <see cref="EncryptionSetting.SseC"/>; null for the bucket's default.</summary>
    /// <remarks>The name of a customer's key is kept as <c>sse_c_key_id</c>.</remarks>
    public EncryptionSetting? Encryption { get; init; }

    /// <summary>Until when the version is protected from deletion; null for the bucket's default. The bucket must have file lock.</summary>
    public FileRetention? Retention { get; init; }

    /// <summary>Whether the version is held; null for not. The bucket must have file lock.</summary>
    public LegalHold? LegalHold { get; init; }

    /// <summary>Told how far the upload is; null for nobody.</summary>
    public IProgress<TransferProgress>? Progress { get; init; }
}
