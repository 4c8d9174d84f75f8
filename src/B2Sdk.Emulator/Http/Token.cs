using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Http;

/// <summary>Something that opens what its key opens, or less.</summary>
internal abstract class Token
{
    public required ApplicationKey Key { get; init; }

    /// <summary>What its holder sends.</summary>
    public required string Text { get; init; }

    /// <summary>When it ends, in milliseconds since 1970.</summary>
    public required long Expires { get; init; }
}
