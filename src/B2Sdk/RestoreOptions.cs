namespace B2Sdk;

/// <summary>What to restore as it was, and how.</summary>
public sealed record RestoreOptions : BulkOptions
{
    /// <summary>Only names that start with this; empty for all.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The encryption with its key of files that were stored with <see cref="EncryptionSetting.SseC"/>, for them and their copies; null when there are none.</summary>
    public EncryptionSetting? Encryption { get; init; }
}
