namespace B2Sdk.Emulator.Rules;

/// <summary>What the CORS rules of a bucket say to a request from a page of another origin.</summary>
internal static class Cors
{
    /// <summary>The first rule that allows everything about the request answers it.</summary>
    /// <param name="rules">The bucket's rules in their order.</param>
    /// <param name="operation">What is asked for, such as b2_download_file_by_name.</param>
    /// <param name="origin">Where the page comes from, as browsers say it.</param>
    /// <param name="headers">The headers that a preflight announces; none for the request itself.</param>
    public static CorsDecision Decide(IReadOnlyList<CorsRule> rules, string operation, string origin, IReadOnlyList<string> headers)
    {
        var objections = new List<string>();
        foreach (var rule in rules)
        {
            if (Object(rule, operation, origin, headers) is not { } objection)
            {
                return new(
                    rule,
                    rule.AllowedOrigins.Contains(CorsPatterns.Anything, StringComparer.Ordinal) ? CorsPatterns.Anything : origin,
                    ""
                );
            }
            objections.Add($"{rule.Name}: {objection}");
        }
        return new(Rule: null, origin, objections.Count == 0 ? "the bucket has no CORS rules" : string.Join("; ", objections));
    }

    private static string? Object(CorsRule rule, string operation, string origin, IReadOnlyList<string> headers)
    {
        if (!rule.AllowedOperations.Contains(operation, StringComparer.Ordinal))
        {
            return $"{operation} is not among its operations";
        }
        if (!rule.AllowedOrigins.Any(pattern => CorsPatterns.MatchesOrigin(pattern, origin)))
        {
            return $"{origin} is not among its origins";
        }
        return headers.FirstOrDefault(header => !AllowsHeader(rule, header)) is { } refused ? $"{refused} is not among its headers" : null;
    }

    private static bool AllowsHeader(CorsRule rule, string header) =>
        rule.AllowedHeaders.Any(pattern => CorsPatterns.Matches(pattern, header, StringComparison.OrdinalIgnoreCase));
}
