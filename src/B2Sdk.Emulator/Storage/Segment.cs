namespace B2Sdk.Emulator.Storage;

/// <summary>A stretch of a blob: all of a small file, or a part of a large one.</summary>
internal sealed record Segment
{
    public int Number { get; init; } = 1;
    public required long Blob { get; init; }
    public long Start { get; init; }
    public required long Length { get; init; }
    public string? Sha1 { get; init; }
    public string? Md5 { get; init; }
    public long Timestamp { get; init; }
}
