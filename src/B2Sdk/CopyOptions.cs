namespace B2Sdk;

/// <summary>What to copy of a version inside B2, and what to say of the copy.</summary>
public sealed record CopyOptions
{
    /// <summary>The stretch to copy; null for all of it.</summary>
    public ByteRange? Range { get; init; }

    /// <summary>The MIME type of the copy; null for the source's.</summary>
    public string? ContentType { get; init; }

    /// <summary>What to keep with the copy, by key; null for what the source has. See <see cref="UploadOptions.FileInfo"/> for the limits.</summary>
    /// <remarks>
    /// The source's <c>large_file_sha1</c> is left out of a stretch, of which it would not be true, and the name of an encryption key is always the one of
    /// <see cref="Encryption"/>.
    /// </remarks>
    public IReadOnlyDictionary<string, string>? FileInfo
    {
        get;
        init => field = value is null ? null : ValueMap.Of(value);
    }

    /// <summary>The <c>Cache-Control</c> that downloads get; null for what the info says.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The <c>Content-Disposition</c> that downloads get; null for what the info says.</summary>
    public string? ContentDisposition { get; init; }

    /// <summary>The <c>Content-Encoding</c> that downloads get; null for what the info says.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The <c>Content-Language</c> that downloads get; null for what the info says.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The <c>Expires</c> that downloads get, in whole seconds; null for what the info says.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The encryption of the source with its key, when it was stored with <see cref="EncryptionSetting.SseC"/>; null for others.</summary>
    public EncryptionSetting? SourceEncryption { get; init; }

    /// <summary>The encryption of the copy, which need not be the source's; null for the default of the bucket that it goes to.</summary>
    public EncryptionSetting? Encryption { get; init; }

    /// <summary>Until when the copy is protected from deletion; null for the default of the bucket that it goes to. The source's is not copied.</summary>
    public FileRetention? Retention { get; init; }

    /// <summary>Whether the copy is held; null for not. The source's hold is not copied.</summary>
    public LegalHold? LegalHold { get; init; }

    /// <summary>
    /// Bytes per part, and the size above which a copy is made in parts; null to copy up to 5 GB in one call, and more in parts of about ten times what the account recommends.
    /// </summary>
    /// <remarks>At least the account's minimum, usually 5,000,000; at most 5,000,000,000. The parts are of even size where that may be.</remarks>
    public long? PartSize { get; init; }

    /// <summary>How many parts are copied at the same time, 1 to 100. Default: 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Told how far a copy in parts is; null for nobody.</summary>
    public IProgress<TransferProgress>? Progress { get; init; }
}
