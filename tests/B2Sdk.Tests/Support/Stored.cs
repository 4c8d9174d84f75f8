namespace B2Sdk.Tests;

/// <summary>A version at the far side.</summary>
internal sealed record Stored(string FileId, string BucketId, string Name, string Action, byte[] Bytes)
{
    public string Type { get; init; } = "application/octet-stream";
    public string? Sha1 { get; init; }
    public Dictionary<string, string> Info { get; init; } = [];
    public DateTimeOffset At { get; init; }
}
