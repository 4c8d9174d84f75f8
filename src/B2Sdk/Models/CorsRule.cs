namespace B2Sdk;

/// <summary>Which web pages may use a bucket from a browser.</summary>
/// <remarks>A bucket has up to 100 rules of under 1,000 bytes each.</remarks>
public sealed record CorsRule
{
    /// <summary>The rule's name, 6 to 50 letters, digits and hyphens, unique in its bucket.</summary>
    public required string CorsRuleName { get; init; }

    /// <summary>The origins that may ask, such as <c>https://*</c>; at least one.</summary>
    public required IReadOnlyList<string> AllowedOrigins
    {
        get;
        init => field = ValueList<string>.Of(value);
    }

    /// <summary>The operations that they may ask for, such as <c>b2_download_file_by_name</c>; at least one.</summary>
    public required IReadOnlyList<string> AllowedOperations
    {
        get;
        init => field = ValueList<string>.Of(value);
    }

    /// <summary>The request headers that they may send; null for none.</summary>
    public IReadOnlyList<string>? AllowedHeaders
    {
        get;
        init => field = ValueList<string>.Of(value);
    }

    /// <summary>The response headers that the page may see; null for none.</summary>
    public IReadOnlyList<string>? ExposeHeaders
    {
        get;
        init => field = ValueList<string>.Of(value);
    }

    /// <summary>How long a browser may remember the answer, in seconds, 0 to 86,400.</summary>
    public int MaxAgeSeconds { get; init; }
}
