namespace B2Sdk.Emulator.Seeding;

/// <summary>What is to be there in one account.</summary>
internal sealed record SeededAccount
{
    /// <summary>Where it is described, for whoever has to be told what is wrong with it.</summary>
    public required string Place { get; init; }

    /// <summary>The id of its master key, and the key; null for the account that there is from the start.</summary>
    public (string KeyId, string Secret)? MasterKey { get; init; }

    public IReadOnlyList<SeededBucket> Buckets { get; init; } = [];

    public IReadOnlyList<SeededKey> Keys { get; init; } = [];
}
