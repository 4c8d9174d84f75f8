using System.Net.Http.Headers;

namespace B2Sdk.Wire;

/// <summary>Headers as a log may show them: a list says which values are harmless, and every other is <c>***</c>, whatever it is called.</summary>
internal static class LoggableHeaders
{
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept",
        "Accept-Ranges",
        "Cache-Control",
        "Connection",
        "Content-Length",
        "Content-Range",
        "Content-Type",
        "Date",
        "Expect",
        "Range",
        "Retry-After",
        "Transfer-Encoding",
        "User-Agent",
        "X-Bz-Content-Sha1",
        "X-Bz-File-Id",
        "X-Bz-Part-Number",
        "X-Bz-Server-Side-Encryption",
        "X-Bz-Server-Side-Encryption-Customer-Algorithm",
        "X-Bz-Test-Mode",
        "X-Bz-Upload-Timestamp",
    };

    public static string Describe(HttpHeaders headers, HttpHeaders? ofContent) =>
        string.Join(
            "; ",
            headers
                .NonValidated.Concat(ofContent is null ? [] : ofContent.NonValidated)
                .Select(header => $"{header.Key}: {(Harmless.Contains(header.Key) ? header.Value.ToString() : "***")}")
        );

    /// <summary>The values that a log must not show: what the service repeats of them is taken out of its texts.</summary>
    public static IEnumerable<string> SecretsOf(HttpRequestMessage request)
    {
        var headers = request.Headers.NonValidated.Where(header => IsSecret(header.Key)).Select(header => header.Value.ToString());
        // Of an authorization's header what follows the scheme is the key in another spelling; tokens travel bare.
        return headers
            .SelectMany(value => new[] { value, value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..] })
            .Where(value => value.Length > 0);
    }

    private static bool IsSecret(string header) =>
        header.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("X-Bz-Server-Side-Encryption-Customer-Key", StringComparison.OrdinalIgnoreCase);
}
