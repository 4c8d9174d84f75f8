namespace B2Sdk.Emulator.Rules;

/// <summary>How content is encrypted. The numbers are kept.</summary>
internal enum EncryptionMode
{
    None = 0,

    /// <summary>With keys of the service: SSE-B2.</summary>
    Service = 1,

    /// <summary>With a key that the customer sends each time: SSE-C.</summary>
    Customer = 2,
}
