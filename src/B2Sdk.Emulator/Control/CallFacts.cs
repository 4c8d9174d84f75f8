namespace B2Sdk.Emulator.Control;

/// <summary>What a call is about, as far as the call itself tells. Nothing here opens anything.</summary>
internal sealed record CallFacts
{
    public required string Operation { get; init; }
    public string? AccountId { get; init; }
    public string? KeyId { get; init; }
    public string? BucketId { get; init; }
    public string? BucketName { get; init; }
    public string? FileName { get; init; }
    public string? FileId { get; init; }
}
