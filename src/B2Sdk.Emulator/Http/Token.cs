using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Http;

/// <summary>Something that opens what its key opens, or less. What its holder sends is not kept, only the hash of it.</summary>
internal abstract class Token
{
    public required ApplicationKey Key { get; init; }

    public required string Hash { get; init; }

    /// <summary>When it ends, in milliseconds since 1970.</summary>
    public required long Expires { get; set; }
}
