namespace B2Sdk.Emulator;

/// <summary>An account of an emulator, with its master key.</summary>
/// <param name="AccountId">The account's id.</param>
/// <param name="ApplicationKeyId">The id of its master key.</param>
/// <param name="ApplicationKey">The master key itself.</param>
public sealed record EmulatorAccount(string AccountId, string ApplicationKeyId, string ApplicationKey)
{
    /// <summary>Returns the ids without the key.</summary>
    public override string ToString() => $"{AccountId} ({ApplicationKeyId})";
}
