namespace B2Sdk.Emulator.Storage;

/// <summary>A token as it outlives a restart. The token itself is not kept: its hash is enough to recognize it.</summary>
internal sealed record StoredToken
{
    public required string Hash { get; init; }
    public required ApplicationKey Key { get; init; }
    public required char Kind { get; init; }

    /// <summary>When it ends, in milliseconds since 1970.</summary>
    public required long Expires { get; init; }

    /// <summary>The path of an upload URL, or the bucket of a download.</summary>
    public string? Target { get; init; }

    /// <summary>Below which names it opens downloads.</summary>
    public string? Prefix { get; init; }

    /// <summary>The query parameters that downloads must have, as JSON.</summary>
    public string? Overrides { get; init; }
}
