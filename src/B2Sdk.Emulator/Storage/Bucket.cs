using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>A bucket. Its settings are kept as the JSON in which they are answered.</summary>
internal sealed record Bucket
{
    public long Row { get; init; }
    public required string Id { get; init; }
    public required string AccountId { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public string Info { get; init; } = "{}";
    public string CorsRules { get; init; } = "[]";
    public string LifecycleRules { get; init; } = "[]";
    public string Replication { get; init; } = Rules.ReplicationConfiguration.None;
    public bool IsLocked { get; init; }
    public string DefaultRetention { get; init; } = Rules.DefaultRetention.None;
    public EncryptionMode DefaultEncryption { get; init; }
    public long Revision { get; init; } = 2;
}
