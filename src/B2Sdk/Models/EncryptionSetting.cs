namespace B2Sdk;

/// <summary>The server-side encryption of a file, or the default of a bucket.</summary>
public sealed record EncryptionSetting
{
    /// <summary>The mode; null when nothing is encrypted.</summary>
    public EncryptionMode? Mode { get; init; }

    /// <summary>The algorithm, <c>AES256</c>; null when nothing is encrypted.</summary>
    public string? Algorithm { get; init; }
}
