namespace B2Sdk;

/// <summary>What to download of a file, and how.</summary>
public sealed record DownloadOptions
{
    /// <summary>The stretch to download; null for all of it. The SHA-1 of a stretch cannot be checked.</summary>
    public ByteRange? Range { get; init; }

    /// <summary>How many stretches of a large file travel to a local file at the same time, 1 to 100. Default: 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The encryption with its key, for a file that was stored with <see cref="EncryptionSetting.SseC"/>; null for others.</summary>
    public EncryptionSetting? Encryption { get; init; }

    /// <summary>False to accept content whose SHA-1 differs from what B2 says. Default: true. The length is always checked.</summary>
    public bool VerifyContent { get; init; } = true;

    /// <summary>Told how far the download is; null for nobody.</summary>
    public IProgress<TransferProgress>? Progress { get; init; }
}
