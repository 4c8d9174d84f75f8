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

    /// <summary>Only names that match this shell-like pattern, as <see cref="NameFilter"/> has them; null for all. It needs <see cref="Recursive"/>.</summary>
    /// <remarks>What the pattern begins with before its first special character is asked of B2 as a prefix, so that little else is listed.</remarks>
    public string? Pattern { get; init; }

    /// <summary>Which names to let through; empty for all. A folder is shown when one of its files is let through.</summary>
    public IReadOnlyList<NameFilter> Filters
    {
        get;
        init => field = ValueList<NameFilter>.Of(value);
    } = ValueList<NameFilter>.Of([]);

    /// <summary>The name to begin at, whether or not a file has it; null for the first.</summary>
    public string? StartFileName { get; init; }

    /// <summary>The version of <see cref="StartFileName"/> to begin at, in a listing of all versions; null for the newest.</summary>
    public string? StartFileId { get; init; }

    /// <summary>How many rows to ask for at once, 1 to 10,000. Default: 1,000, which is what B2 bills as one transaction.</summary>
    public int PageSize { get; init; } = 1000;

    internal void Validate(string parameterName)
    {
        if (PageSize is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(parameterName, $"The page size is {PageSize}; B2 allows 1 to 10,000.");
        }
        if (Pattern is not null && !Recursive)
        {
            throw new ArgumentException(
                $"The pattern '{Pattern}' needs a recursive listing, as its star goes over slashes.",
                parameterName
            );
        }
        if (StartFileId is not null && (StartFileName is null || LatestOnly))
        {
            throw new ArgumentException(
                $"The listing is to begin at the version {StartFileId}; that takes its name too, and a listing of all versions.",
                parameterName
            );
        }
    }
}
