namespace B2Sdk;

/// <summary>Which files of a bucket to list.</summary>
public sealed record ListOptions
{
    /// <summary>Only names that start with this; empty for all. End it with <c>/</c> to look into a folder.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>False to show what lies below the next <c>/</c> as one folder, true to show every file. Default: false.</summary>
    public bool Recursive { get; init; }

    /// <summary>True for the newest version of each file that is not hidden; false for all versions, hide markers and unfinished large files. Default: true.</summary>
    public bool LatestOnly { get; init; } = true;

    /// <summary>The name to begin at, whether or not a file has it; null for the first.</summary>
    public string? StartFileName { get; init; }

    /// <summary>How many rows to ask for at once, 1 to 10,000. Default: 1,000, which is what B2 bills as one transaction.</summary>
    public int PageSize { get; init; } = 1000;
}
