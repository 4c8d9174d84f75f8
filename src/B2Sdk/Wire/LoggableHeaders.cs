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
}
