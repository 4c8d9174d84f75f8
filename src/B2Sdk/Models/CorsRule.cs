using System.Text.Json.Serialization;

namespace B2Sdk;

/// <summary>Which web pages may use a bucket from a browser.</summary>
/// <remarks>A bucket has up to 100 rules of under 1,000 bytes each.</remarks>
public sealed record CorsRule
{
    /// <summary>The rule's name, 6 to 50 letters, digits and hyphens, unique in its bucket.</summary>
    public required string CorsRuleName { get; init; }

    /// <summary>The origins that may ask, such as <c>https://example.com</c>, <c>https://*</c> or <c>*</c>, with one star each at most; at least one.</summary>
    public required IReadOnlyList<string> AllowedOrigins
    {
        get;
        init => field = ValueList<string>.Of(value);
    }

    /// <summary>The operations that they may ask for; at least one.</summary>
    public required IReadOnlyList<CorsOperation> AllowedOperations
    {
        get;
        init => field = ValueList<CorsOperation>.Of(value);
    }

    /// <summary>The request headers that they may send, such as <c>range</c>, <c>x-bz-*</c> or <c>*</c>, in any case; null for none.</summary>
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

    /// <summary>How long a browser may remember the answer, in whole seconds up to 24 hours. Default: zero, so that it asks each time.</summary>
    [JsonPropertyName("maxAgeSeconds")]
    public TimeSpan MaxAge { get; init; }
}
