using System.Net;
using System.Net.Sockets;

namespace B2Sdk.Sessions;

/// <summary>Which service an account is authorized at, and which addresses that service may send us to.</summary>
internal static class Realms
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["production"] = "https://api.backblazeb2.com",
        ["staging"] = "https://api.backblaze.net",
        ["dev"] = "http://api.backblazeb2.xyz:8180",
        ["emulator"] = "http://127.0.0.1:8182",
    };

    private static readonly string[] BackblazeDomains = ["backblazeb2.com", "backblaze.com", "backblaze.net"];

    /// <summary>Turns an alias or a URL into the URL, or says why it is neither.</summary>
    public static Uri Resolve(string realm, bool allowInsecure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(realm);
        if (!Uri.TryCreate(Aliases.GetValueOrDefault(realm, realm), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException(
                $"The realm '{realm}' is unknown: it is one of {string.Join(", ", Aliases.Keys)}, or a URL such as https://api.backblazeb2.com.",
                nameof(realm)
            );
        }
        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw new ArgumentException($"The realm '{realm}' must be a plain URL, without user, query or fragment.", nameof(realm));
        }
        if (url.Host.StartsWith("s3.", StringComparison.OrdinalIgnoreCase) && IsBackblaze(url))
        {
            throw new ArgumentException(
                $"The realm '{realm}' is an endpoint of the S3-compatible API, which knows no B2 accounts. Backblaze's own realm is 'production'.",
                nameof(realm)
            );
        }
        if (url.Scheme == "http" && !IsLoopback(url) && !allowInsecure)
        {
            throw new ArgumentException(
                $"The realm '{realm}' would send the key over plain http to another machine. Use https, or set {nameof(B2ApiOptions)}.{nameof(B2ApiOptions.AllowInsecureRealm)}.",
                nameof(realm)
            );
        }
        return url;
    }

    /// <summary>
    /// Refuses an address from an answer to which this realm cannot honestly send us: less safe than the realm itself, inside a private network that the realm is not in, or, for
    /// a realm of Backblaze's, another company's.
    /// </summary>
    public static void CheckGivenUrl(Uri realm, Uri given, string field, string operation)
    {
        var reason =
            !given.IsAbsoluteUri ? "it is no whole URL"
            : given.Scheme != "https" && (given.Scheme != "http" || realm.Scheme != "http") ? "it is not https, though the realm is"
            : IsPrivate(given) && !IsPrivate(realm) ? "it lies in a private network, and the realm does not"
            : IsBackblaze(realm) && !IsBackblaze(given) ? "it is not Backblaze's, though the realm is"
            : null;
        if (reason is not null)
        {
            throw new B2Exception(
                $"{operation}: the service answered with the {field} '{given}', to which nothing is sent: {reason} ({realm.Authority})."
            )
            {
                Operation = operation,
            };
        }
    }

    private static bool IsBackblaze(Uri url) =>
        BackblazeDomains.Any(domain =>
            url.Host.Equals(domain, StringComparison.OrdinalIgnoreCase)
            || url.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsLoopback(Uri url) =>
        url.IsLoopback || url.Host.TrimEnd('.').Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsPrivate(Uri url)
    {
        if (IsLoopback(url))
        {
            return true;
        }
        if (!IPAddress.TryParse(url.DnsSafeHost, out var address))
        {
            return false;
        }
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.Equals(IPAddress.IPv6Any);
        }
        var octets = address.GetAddressBytes();
        return octets[0] is 0 or 10 or 127
            || (octets[0] == 172 && octets[1] is >= 16 and <= 31)
            || (octets[0] == 192 && octets[1] == 168)
            || (octets[0] == 169 && octets[1] == 254)
            || (octets[0] == 100 && octets[1] is >= 64 and <= 127);
    }
}
