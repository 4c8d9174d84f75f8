using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>Which rows of a bucket to list. All names are UTF-8 bytes.</summary>
internal sealed record ListingRequest
{
    public byte[] Prefix { get; init; } = [];

    /// <summary>What ends a folder's name; null for none.</summary>
    public byte[]? Delimiter { get; init; }

    /// <summary>The first name that may come.</summary>
    public byte[] StartName { get; init; } = [];

    /// <summary>The version of the first name to begin with; null for its newest.</summary>
    public VersionPlace? StartPlace { get; init; }

    /// <summary>True for every version, false for what each name stands for.</summary>
    public bool AllVersions { get; init; }

    public int Count { get; init; }
}
