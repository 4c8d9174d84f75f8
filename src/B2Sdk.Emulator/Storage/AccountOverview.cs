namespace B2Sdk.Emulator.Storage;

/// <summary>An account as a spectator sees it.</summary>
internal sealed record AccountOverview(string AccountId, string ApplicationKeyId, long Buckets);
