namespace B2Sdk;

/// <summary>Which unfinished large files to list.</summary>
public sealed record ListUnfinishedOptions
{
    /// <summary>Only names that start with this; empty for all.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The id to begin at, whether or not a file has it; null for the oldest.</summary>
    public string? StartFileId { get; init; }

    /// <summary>How many to ask for at once, 1 to 100. Default: 100.</summary>
    public int PageSize { get; init; } = 100;
}
