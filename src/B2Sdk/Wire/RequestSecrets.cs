namespace B2Sdk.Wire;

/// <summary>The secrets that a request carries: what the service repeats of them is taken out of its texts, which end up in logs.</summary>
internal static class RequestSecrets
{
    public static IEnumerable<string> Of(HttpRequestMessage request)
    {
        var headers = request.Headers.NonValidated.Where(header => IsSecret(header.Key)).Select(header => header.Value.ToString());
        // Of an authorization's header what follows the scheme is the key in another spelling; tokens travel bare.
        return headers
            .SelectMany(value => new[] { value, value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..] })
            .Concat((request.Content as JsonBody)?.Secrets ?? [])
            .Where(value => value.Length > 0);
    }

    private static bool IsSecret(string header) =>
        header.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("X-Bz-Server-Side-Encryption-Customer-Key", StringComparison.OrdinalIgnoreCase);
}
