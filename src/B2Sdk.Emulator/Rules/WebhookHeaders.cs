using System.Text.Json;
using System.Text.RegularExpressions;
using B2Sdk.Emulator.Http;
using static B2Sdk.Emulator.Rules.SettingsJson;

namespace B2Sdk.Emulator.Rules;

/// <summary>The headers that a webhook may get besides those of B2.</summary>
internal static partial class WebhookHeaders
{
    private const int MaxHeaders = 10;
    private const int MaxBytes = 2048;

    // B2 counts what separates a header from the next.
    private const int BytesBetween = 3;

    /// <summary>Those by which the request itself is made.</summary>
    private static readonly string[] Reserved =
    [
        "Connection",
        "Content-Length",
        "Content-Type",
        "Expect",
        "Host",
        "Transfer-Encoding",
        "Upgrade",
    ];

    /// <summary>Reads and checks them.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(JsonElement element, string ruleName)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var given in Elements(element, "customHeaders", MaxHeaders))
        {
            var name = Text(Member(given, "name") ?? throw Bad(ruleName, "one has no name"), "name of a custom header");
            var value = Text(Member(given, "value") ?? throw Bad(ruleName, $"{name} has no value"), "value of a custom header");
            if (!Name().IsMatch(name) || Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw Bad(ruleName, $"'{name}' is no name that they may have");
            }
            if (name.StartsWith("X-Bz-", StringComparison.OrdinalIgnoreCase))
            {
                throw Bad(ruleName, $"{name} begins with X-Bz-");
            }
            if (value.Any(char.IsControl))
            {
                throw Bad(ruleName, $"the value of {name} has control characters");
            }
            if (headers.Exists(other => other.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                throw Bad(ruleName, $"{name} is given twice");
            }
            headers.Add(new(name, value));
        }
        var bytes = headers.Sum(header =>
            PercentEncoding.Encode(header.Key).Length + PercentEncoding.Encode(header.Value).Length + BytesBetween
        );
        if (bytes > MaxBytes)
        {
            throw Bad(ruleName, $"they have {bytes} bytes; the limit is {MaxBytes}");
        }
        return headers;
    }

    private static Refusal Bad(string ruleName, string what) =>
        Refusal.BadRequest($"Bad custom headers of the notification rule {ruleName}: {what}");

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+.^_`|~-]+\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
