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

    /// <summary>Turns an alias or a URL into the URL, or says why it is neither.</summary>
    public static Uri Resolve(string realm, bool allowInsecure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(realm);
        var isAlias = Aliases.TryGetValue(realm, out var aliased);
        if (!Uri.TryCreate(aliased ?? realm, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
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
        if (url.Scheme == "http" && !url.IsLoopback && !isAlias && !allowInsecure)
        {
            throw new ArgumentException(
                $"The realm '{realm}' would send the key over plain http to another machine. Use https, or set {nameof(B2ApiOptions)}.{nameof(B2ApiOptions.AllowInsecureRealm)}.",
                nameof(realm)
            );
        }
        return url;
    }

    /// <summary>
    /// Refuses an address from an answer to which this realm cannot honestly send us: less safe than the realm itself, or inside a private network that the realm is not in.
    /// </summary>
    public static void CheckGivenUrl(Uri realm, Uri given, string field, string operation)
    {
        var isPlainWhereItMayNot = given.Scheme != "https" && !(given.Scheme == "http" && realm.Scheme == "http");
        var isPrivateWhereItMayNot = IsPrivate(given) && !IsPrivate(realm);
        if (!given.IsAbsoluteUri || isPlainWhereItMayNot || isPrivateWhereItMayNot)
        {
            throw new B2Exception(
                $"{operation}: the service answered with the {field} '{given}', to which nothing is sent: "
                    + (isPrivateWhereItMayNot ? "it lies in a private network, and" : "it is not https, though")
                    + $" the realm {realm.GetLeftPart(UriPartial.Authority)} {(isPrivateWhereItMayNot ? "does not." : "is.")}"
            )
            {
                Operation = operation,
            };
        }
    }

    private static bool IsPrivate(Uri url)
    {
        if (url.IsLoopback)
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
