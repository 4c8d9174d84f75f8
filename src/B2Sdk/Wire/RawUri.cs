using System.Text.Json;

namespace B2Sdk.Wire;

/// <summary>URLs that go out as they are written: a name such as <c>a/../b</c> is a name, not a path to be folded.</summary>
internal static class RawUri
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri Api(Uri apiUrl, string operation) => new(Root(apiUrl) + "/b2api/v4/" + operation);

    public static Uri FileByName(Uri downloadUrl, string bucketName, string fileName) =>
        new(Root(downloadUrl) + "/file/" + FileNameEncoding.Encode(bucketName) + "/" + FileNameEncoding.Encode(fileName), AsWritten);

    public static Uri FileById(Uri downloadUrl, string fileId) =>
        new(Root(downloadUrl) + "/b2api/v4/b2_download_file_by_id?fileId=" + Uri.EscapeDataString(fileId), AsWritten);

    /// <summary>A file with a token in the query, and with the headers that the token was made for.</summary>
    public static Uri SignedFile(Uri downloadUrl, string bucketName, string fileName, Secret token, DownloadOverrides overrides)
    {
        (string Name, string? Value)[] parameters =
        [
            ("Authorization", token.Reveal()),
            ("b2CacheControl", overrides.CacheControl),
            ("b2ContentDisposition", overrides.ContentDisposition),
            ("b2ContentEncoding", overrides.ContentEncoding),
            ("b2ContentLanguage", overrides.ContentLanguage),
            ("b2ContentType", overrides.ContentType),
            ("b2Expires", HttpDate.Write(overrides.Expires)),
        ];
        var query = parameters
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}");
        return new($"{FileByName(downloadUrl, bucketName, fileName).AbsoluteUri}?{string.Join('&', query)}", AsWritten);
    }

    /// <summary>A URL that the service gave: opaque, and so sent back as it came.</summary>
    /// <exception cref="JsonException">It is no URL at all.</exception>
    public static Uri Given(string url) =>
        Uri.TryCreate(url, AsWritten, out var absolute) ? absolute
        : Uri.TryCreate(url, UriKind.Relative, out var relative) ? relative
        : throw new JsonException($"'{url}' is not a URL.");

    private static string Root(Uri url) => url.AbsoluteUri.TrimEnd('/');
}
