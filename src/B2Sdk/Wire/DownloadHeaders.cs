using System.Globalization;
using System.Net;

namespace B2Sdk.Wire;

/// <summary>Reads what the headers of a download say of the file.</summary>
internal static class DownloadHeaders
{
    private const string InfoPrefix = "X-Bz-Info-";

    private static readonly (string Header, string Info)[] StandardHeaders =
    [
        ("Cache-Control", FileInfoKeys.CacheControl),
        ("Content-Disposition", FileInfoKeys.ContentDisposition),
        ("Content-Encoding", FileInfoKeys.ContentEncoding),
        ("Content-Language", FileInfoKeys.ContentLanguage),
        ("Expires", FileInfoKeys.Expires),
    ];

    /// <summary>Reads the headers; null when they do not say how long the file is.</summary>
    public static FileVersion? Read(HttpResponseMessage response, string fallbackName)
    {
        // The length of a stretch says nothing of the whole, and a stretch that does not say where it belongs is none.
        var whole =
            response.Content.Headers.ContentRange is { HasRange: true } stretch ? stretch.Length
            : response.StatusCode == HttpStatusCode.PartialContent ? null
            : response.Content.Headers.ContentLength;
        if (whole is not { } size)
        {
            return null;
        }
        var name = Find(response, "X-Bz-File-Name");
        var withheld = Find(response, "X-Bz-Client-Unauthorized-To-Read") ?? "";
        return new()
        {
            FileId = Find(response, "X-Bz-File-Id"),
            FileName = name is null ? fallbackName : FileNameEncoding.Decode(name),
            SizeInBytes = size,
            ContentType = Find(response, "Content-Type"),
            ContentSha1 = Find(response, "X-Bz-Content-Sha1"),
            FileInfo = ReadInfo(response),
            UploadTimestamp = ReadTimestamp(Find(response, "X-Bz-Upload-Timestamp")) ?? default,
            FileRetention = ReadRetention(response, withheld),
            LegalHold = ReadLegalHold(response, withheld),
            ServerSideEncryption = ReadEncryption(response),
            ReplicationStatus = Find(response, "X-Bz-Replication-Status") is { } status ? new ReplicationStatus(status) : null,
        };
    }

    private static ValueMap ReadInfo(HttpResponseMessage response)
    {
        var info = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            if (name.StartsWith(InfoPrefix, StringComparison.OrdinalIgnoreCase))
            {
                info[name[InfoPrefix.Length..].ToLowerInvariant()] = FileNameEncoding.Decode(values.ToString());
            }
        }
        foreach (var (header, key) in StandardHeaders)
        {
            if (Find(response, header) is { } value)
            {
                info[key] = value;
            }
        }
        return new(info);
    }

    private static Restricted<FileRetention>? ReadRetention(HttpResponseMessage response, string withheld)
    {
        if (Find(response, LockHeaders.RetentionMode) is not { } mode)
        {
            return withheld.Contains(LockHeaders.RetentionMode, StringComparison.OrdinalIgnoreCase) ? new() : null;
        }
        var until = ReadTimestamp(Find(response, LockHeaders.RetainUntil));
        return new()
        {
            IsClientAuthorizedToRead = true,
            Value = new() { Mode = new RetentionMode(mode), RetainUntilTimestamp = until },
        };
    }

    private static Restricted<LegalHold?>? ReadLegalHold(HttpResponseMessage response, string withheld)
    {
        if (Find(response, LockHeaders.LegalHold) is not { } hold)
        {
            return withheld.Contains(LockHeaders.LegalHold, StringComparison.OrdinalIgnoreCase) ? new() : null;
        }
        return new() { IsClientAuthorizedToRead = true, Value = new LegalHold(hold) };
    }

    private static EncryptionSetting? ReadEncryption(HttpResponseMessage response)
    {
        if (Find(response, EncryptionHeaders.CustomerAlgorithm) is { } customer)
        {
            return new() { Mode = EncryptionMode.SseC, Algorithm = customer };
        }
        return Find(response, EncryptionHeaders.Managed) is { } algorithm
            ? new() { Mode = EncryptionMode.SseB2, Algorithm = algorithm }
            : null;
    }

    private static DateTimeOffset? ReadTimestamp(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= 253_402_300_799_999
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    private static string? Find(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString()
        : response.Content.Headers.NonValidated.TryGetValues(name, out var contentValues) ? contentValues.ToString()
        : null;
}
