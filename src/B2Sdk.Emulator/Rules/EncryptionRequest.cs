namespace B2Sdk.Emulator.Rules;

/// <summary>The encryption that a request asks for, which may be none.</summary>
/// <param name="Mode">How.</param>
/// <param name="Key">The customer's key; null when the mode needs none.</param>
internal sealed record EncryptionRequest(EncryptionMode Mode, CustomerKey? Key)
{
    public static readonly EncryptionRequest None = new(EncryptionMode.None, Key: null);

    public static readonly EncryptionRequest Service = new(EncryptionMode.Service, Key: null);

    public static EncryptionRequest With(CustomerKey key) => new(EncryptionMode.Customer, key);

    /// <summary>What is kept of it for a new file.</summary>
    public Encryption Keep() => new(Mode, Key?.Mark());
}
