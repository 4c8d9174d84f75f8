using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>A version that is offered to another bucket as a replica.</summary>
internal sealed record ReplicaOffer
{
    public required string DestinationBucketId { get; init; }

    /// <summary>The key by which it was read, for which the destination names one by which it is written.</summary>
    public required string SourceKeyId { get; init; }

    /// <summary>The id of the version itself, by which an offer that is made twice is known.</summary>
    public required string SourceFileId { get; init; }
    public required byte[] NameBytes { get; init; }
    public required bool IsHideMarker { get; init; }
    public required bool IsLarge { get; init; }
    public required long Timestamp { get; init; }
    public required long Length { get; init; }
    public string? Sha1 { get; init; }
    public string? Md5 { get; init; }
    public required string ContentType { get; init; }
    public required string Info { get; init; }
    public Retention? Retention { get; init; }
    public bool? LegalHold { get; init; }
}
