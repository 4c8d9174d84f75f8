using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Rules;

/// <summary>The content type that B2 finds by a name's extension when it is asked to.</summary>
internal static class ContentTypes
{
    public const string Auto = "b2/x-auto";
    public const string HideMarker = "application/x-bz-hide-marker";
    private const string Unknown = "application/octet-stream";

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        ["7z"] = "application/x-7z-compressed",
        ["avi"] = "video/x-msvideo",
        ["bmp"] = "image/bmp",
        ["css"] = "text/css",
        ["csv"] = "text/csv",
        ["doc"] = "application/msword",
        ["docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ["gif"] = "image/gif",
        ["gz"] = "application/gzip",
        ["htm"] = "text/html",
        ["html"] = "text/html",
        ["ico"] = "image/x-icon",
        ["jpeg"] = "image/jpeg",
        ["jpg"] = "image/jpeg",
        ["js"] = "application/javascript",
        ["json"] = "application/json",
        ["log"] = "text/plain",
        ["m4a"] = "audio/mp4",
        ["mjs"] = "application/javascript",
        ["mkv"] = "video/x-matroska",
        ["mov"] = "video/quicktime",
        ["mp3"] = "audio/mpeg",
        ["mp4"] = "video/mp4",
        ["ogg"] = "audio/ogg",
        ["pdf"] = "application/pdf",
        ["png"] = "image/png",
        ["svg"] = "image/svg+xml",
        ["tar"] = "application/x-tar",
        ["text"] = "text/plain",
        ["tif"] = "image/tiff",
        ["tiff"] = "image/tiff",
        ["txt"] = "text/plain",
        ["wav"] = "audio/wav",
        ["webm"] = "video/webm",
        ["webp"] = "image/webp",
        ["woff2"] = "font/woff2",
        ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ["xml"] = "application/xml",
        ["zip"] = "application/zip",
    };

    /// <summary>The type to keep: the one that was given, unless it is empty or asks to be found.</summary>
    public static string Validate(string given, string fileName)
    {
        if (given.Any(character => character is < ' ' or > '~'))
        {
            throw Refusal.BadRequest("The content type must be printable ASCII");
        }
        // Some clients send an empty one for "I do not know".
        if (given.Length > 0 && !given.Equals(Auto, StringComparison.OrdinalIgnoreCase))
        {
            return given;
        }
        var dot = fileName.LastIndexOf('.');
        return dot >= 0 ? ByExtension.GetValueOrDefault(fileName[(dot + 1)..], Unknown) : Unknown;
    }
}
