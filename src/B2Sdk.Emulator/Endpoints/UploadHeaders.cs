using System.Globalization;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;
using Microsoft.AspNetCore.Http;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>Reads what the headers of an upload say.</summary>
internal static class UploadHeaders
{
    private const string DigestAtEnd = "hex_digits_at_end";
    private const string Unverified = "do_not_verify";
    private const int DigestLength = 40;
    private const long LargestUpload = 5_000_000_000;

    private static readonly string[] RefusedHeaders =
    [
        "Content-Disposition",
        "Content-Encoding",
        "Content-Language",
        "Content-Location",
        "Content-Range",
        "Expires",
    ];

    /// <summary>Reads what is said of a file.</summary>
    public static (string Name, FileDraft Draft) ReadFile(HttpRequest request, bool isLenient)
    {
        if (RefusedHeaders.FirstOrDefault(request.Headers.ContainsKey) is { } refused)
        {
            throw Refusal.BadRequest($"The header {refused} is not allowed; use X-Bz-Info-b2-{refused.ToLowerInvariant()}");
        }
        var encoded = Find(request, "X-Bz-File-Name") ?? throw Refusal.BadRequest("The header X-Bz-File-Name is missing");
        var name = PercentEncoding.Decode(encoded, "file name");
        var nameBytes = FileNames.Validate(name, isLenient);
        var info = FileInfoRules.Validate(
            name,
            request
                .Headers.Where(header => header.Key.StartsWith(FileInfoRules.HeaderPrefix, StringComparison.OrdinalIgnoreCase))
                .Select(header =>
                    KeyValuePair.Create(header.Key[FileInfoRules.HeaderPrefix.Length..], PercentEncoding.Decode(Only(header), header.Key))
                )
        );
        var contentType = Find(request, "Content-Type") ?? throw Refusal.BadRequest("The header Content-Type is missing");
        return (
            name,
            new()
            {
                NameBytes = nameBytes,
                ContentType = ContentTypes.Validate(contentType, name),
                Info = FileInfoRules.ToJson(info),
                Protection = ProtectionHeaders.Read(request),
                IsUnverified = Find(request, "X-Bz-Content-Sha1") == Unverified,
            }
        );
    }

    /// <summary>Reads how long the content is, and how its SHA-1 comes.</summary>
    public static UploadDigest ReadDigest(HttpRequest request)
    {
        var given = Find(request, "X-Bz-Content-Sha1") ?? throw Refusal.BadRequest("The header X-Bz-Content-Sha1 is missing");
        var isAtEnd = given == DigestAtEnd;
        if (!isAtEnd && given != Unverified && !IsDigest(given))
        {
            throw Refusal.BadRequest($"The header X-Bz-Content-Sha1 is '{given}'; it must be 40 hex digits, {DigestAtEnd} or {Unverified}");
        }
        if (request.ContentLength is not { } sent)
        {
            throw Refusal.BadRequest("The header Content-Length is missing");
        }
        var length = sent - (isAtEnd ? DigestLength : 0);
        if (length is < 0 or > LargestUpload)
        {
            throw Refusal.BadRequest($"The content has {length} bytes; it must have 0 to {LargestUpload}");
        }
        return new(length, isAtEnd, given == Unverified, isAtEnd || given == Unverified ? null : given);
    }

    /// <summary>Reads the time that an upload is to count from; null for now.</summary>
    public static long? ReadTimestamp(string? text, Call call)
    {
        if (text is null)
        {
            return null;
        }
        if (!call.Options.AllowCustomUploadTimestamps)
        {
            throw new Refusal(400, "custom_timestamp_not_allowed", "This account may not state upload timestamps");
        }
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp) && timestamp <= call.Store.Now
            ? timestamp
            : throw new Refusal(400, "custom_timestamp_invalid", $"The upload timestamp '{text}' is not one, or in the future");
    }

    public static string? Find(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var values)
            ? values is [{ } only]
                ? only
                : throw Refusal.BadRequest($"The header {name} is given more than once")
            : null;

    public static bool IsDigest(string text) => text.Length == DigestLength && text.All(char.IsAsciiHexDigit);

    private static string Only(KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> header) =>
        header.Value is [var only] ? only ?? "" : throw Refusal.BadRequest($"The header {header.Key} is given more than once");
}
