using System.Text.RegularExpressions;

namespace B2Sdk.Emulator.Rules;

/// <summary>The origins and headers of CORS rules, which may have a star each.</summary>
internal static partial class CorsPatterns
{
    public const string Anything = "*";

    /// <summary>Every origin with https, whatever its port.</summary>
    private const string AnyHttps = "https";

    /// <summary>Says what is wrong with a rule's origins, as the end of a sentence; null when nothing is.</summary>
    public static string? FindFault(IReadOnlyList<string> origins)
    {
        if (origins.Count == 0)
        {
            return "has no allowedOrigins";
        }
        if (origins.Count > 1 && origins.Contains(Anything, StringComparer.Ordinal))
        {
            return "has the origin * beside others; it must be the only one";
        }
        var isHttpsAllowed = false;
        foreach (var origin in origins)
        {
            if (isHttpsAllowed && (origin == AnyHttps || origin.StartsWith("https:", StringComparison.Ordinal)))
            {
                return $"has the origin '{origin}' after https, which allows it already";
            }
            isHttpsAllowed |= origin == AnyHttps;
            if (origin is not (Anything or AnyHttps) && Read(origin) is null)
            {
                return $"has the origin '{origin}'; origins are *, https, or scheme, host and perhaps port with at most one *, such as https://*.example.com:8443";
            }
        }
        return null;
    }

    /// <summary>True for names of headers that pages may send: whole ones, beginnings with a star, or a star alone.</summary>
    public static bool AreAllowable(IReadOnlyList<string> headers) =>
        headers is [Anything] || headers.All(header => Beginning().IsMatch(header));

    /// <summary>True for names of headers that pages may see, each of them whole.</summary>
    public static bool AreExposable(IReadOnlyList<string> headers) => headers.All(header => Name().IsMatch(header));

    /// <summary>True when a page's origin is what a rule's pattern says. One without a port has that of its scheme.</summary>
    public static bool MatchesOrigin(string pattern, string origin)
    {
        if (pattern == Anything)
        {
            return true;
        }
        if (pattern == AnyHttps)
        {
            return origin.StartsWith("https://", StringComparison.Ordinal);
        }
        return Read(pattern) is { } allowed
            && Read(origin) is { } asking
            && allowed.Scheme == asking.Scheme
            && Matches(allowed.Host, asking.Host, StringComparison.Ordinal)
            && Matches(allowed.Port, asking.Port, StringComparison.Ordinal);
    }

    /// <summary>True when a text is what a pattern says, in which at most one star stands for anything.</summary>
    public static bool Matches(string pattern, string text, StringComparison comparison)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? text.Equals(pattern, comparison)
            : text.Length >= pattern.Length - 1
                && text.AsSpan().StartsWith(pattern.AsSpan(0, star), comparison)
                && text.AsSpan().EndsWith(pattern.AsSpan(star + 1), comparison);
    }

    private static (string Scheme, string Host, string Port)? Read(string origin)
    {
        if (Origin().Match(origin) is not { Success: true } match || origin.Count(character => character == '*') > 1)
        {
            return null;
        }
        var scheme = match.Groups["scheme"].Value;
        var port =
            match.Groups["port"] is { Success: true, Value: var given } ? given
            : scheme == "http" ? "80"
            : scheme == "https" ? "443"
            : "";
        return int.TryParse(port, out var number) && number > ushort.MaxValue ? null : (scheme, match.Groups["host"].Value, port);
    }

    [GeneratedRegex(
        @"^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<host>[A-Za-z0-9.*_-]+|\[[0-9A-Fa-f:.]+\])(:(?<port>[0-9]{1,5}|\*))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Origin();

    [GeneratedRegex("^[A-Za-z0-9!#$%&'+.^_`|~-]+\\*?\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Beginning();

    [GeneratedRegex("^[A-Za-z0-9!#$%&'+.^_`|~-]+\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
