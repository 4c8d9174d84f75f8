namespace B2Sdk.Emulator.Http;

/// <summary>Opens downloads by name below a prefix.</summary>
internal sealed class DownloadToken : Token
{
    public required string BucketId { get; init; }
    public required string Prefix { get; init; }

    /// <summary>Query parameters that the download must have, with exactly these values.</summary>
    public required IReadOnlyDictionary<string, string> Overrides { get; init; }
}
