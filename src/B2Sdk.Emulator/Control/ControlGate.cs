using System.Security.Cryptography;
using System.Text;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Control;

/// <summary>Who may use the control API: whoever has the token, if there is one, and no page of another origin in any case.</summary>
internal static class ControlGate
{
    private const string Scheme = "Bearer ";

    /// <exception cref="Refusal">The caller may not.</exception>
    public static void Check(Call call, bool isOpen)
    {
        RefuseForeignPages(call);
        if (isOpen || call.Options.ControlToken is not { } token)
        {
            return;
        }
        if (call.AuthorizationHeader is not { } header)
        {
            throw new Refusal(
                401,
                "missing_auth_token",
                "This emulator's control API is called with its control token: Authorization: Bearer …"
            );
        }
        var given = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        if (!CryptographicOperations.FixedTimeEquals(Hash(given), Hash(token)))
        {
            throw new Refusal(401, "bad_auth_token", "That is not the control token of this emulator");
        }
    }

    // A browser lets every page on the web send requests to this machine, so that one could reset what its visitor works with.
    private static void RefuseForeignPages(Call call)
    {
        var site = call.Request.Headers["Sec-Fetch-Site"].ToString();
        var origin = call.Request.Headers.Origin.ToString();
        // Browsers that do not tell the one do tell the other.
        var isForeign =
            site.Length > 0
                // A link to the page may be anywhere.
                ? site is "cross-site" or "same-site" && call.Request.Headers["Sec-Fetch-Mode"] != "navigate"
                : origin.Length > 0
                    && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == call.Request.Host.Value);
        if (isForeign)
        {
            throw new Refusal(403, "access_denied", "Pages of other origins may not use the control API");
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
