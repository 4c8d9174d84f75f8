namespace B2Sdk.Emulator.Rules;

/// <summary>The encryption and the lock that an uploader asks for. What is null is left to the bucket.</summary>
internal sealed record FileProtection
{
    public static readonly FileProtection None = new();

    public Encryption? Encryption { get; init; }
    public Retention? Retention { get; init; }
    public bool? LegalHold { get; init; }

    /// <summary>True when only a locked bucket can take the file.</summary>
    public bool NeedsLock => Retention is not null || LegalHold is not null;
}
