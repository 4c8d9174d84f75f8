namespace B2Sdk.Emulator.Storage;

/// <summary>What is said of a file that is about to exist, checked.</summary>
internal sealed record FileDraft
{
    public required byte[] NameBytes { get; init; }
    public required string ContentType { get; init; }

    /// <summary>The info as JSON.</summary>
    public string Info { get; init; } = "{}";

    /// <summary>True when the uploader asked for its SHA-1 not to be checked.</summary>
    public bool IsUnverified { get; init; }
}
