using System.Buffers;

namespace B2Sdk.Cli;

/// <summary>What <c>b2://bucket/path</c> or <c>b2id://version</c> names. The path is taken as it is: nothing is decoded.</summary>
internal sealed record B2Uri
{
    public const string FileScheme = "b2://";
    private const string VersionScheme = "b2id://";

    private static readonly SearchValues<char> BucketCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"
    );

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:_-"
    );

    private B2Uri() { }

    /// <summary>The bucket; null for a version, empty for all buckets.</summary>
    public string? BucketName { get; private init; }

    /// <summary>What follows the bucket and its slash; empty for the whole bucket.</summary>
    public string Path { get; private init; } = "";

    /// <summary>The version; null for a bucket or a path.</summary>
    public string? FileId { get; private init; }

    public static B2Uri Parse(string text)
    {
        if (text.FirstOrDefault(character => character is <= '\x1f' or '\x7f', ' ') is not ' ' and var control)
        {
            throw new MisuseException($"The URI '{text}' holds the control character U+{(int)control:X4}; no file's name does.");
        }
        if (text.StartsWith(VersionScheme, StringComparison.OrdinalIgnoreCase))
        {
            var id = text[VersionScheme.Length..];
            return id.Length > 0 && !id.AsSpan().ContainsAnyExcept(IdCharacters)
                ? new() { FileId = id }
                : throw new MisuseException($"'{text}' holds no file id.");
        }
        if (!text.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase))
        {
            throw new MisuseException(
                text.Contains("://", StringComparison.Ordinal)
                    ? $"'{text}' is neither a b2:// nor a b2id:// URI."
                    : $"'{text}' is no B2 URI; did you mean b2://{text}?"
            );
        }
        var rest = text[FileScheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        if (bucket.AsSpan().ContainsAnyExcept(BucketCharacters))
        {
            throw new MisuseException($"'{bucket}' cannot be a bucket's name: it has letters, digits and hyphens.");
        }
        return bucket.Length == 0 && rest.Length > 0
            ? throw new MisuseException($"'{text}' names no bucket.")
            : new() { BucketName = bucket, Path = slash < 0 ? "" : rest[(slash + 1)..] };
    }

    /// <summary>A file: a path in a bucket, or a version.</summary>
    public static B2Uri ParseFile(string text)
    {
        var uri = Parse(text);
        return uri.FileId is null && (uri.Path.Length == 0 || uri.Path.EndsWith('/'))
            ? throw new MisuseException($"'{text}' names no file.")
            : uri;
    }

    /// <summary>A bucket, as a bare name or as a URI without a path.</summary>
    public static string ParseBucketName(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return text;
        }
        return Parse(text) is { BucketName: { Length: > 0 } name, Path: "" }
            ? name
            : throw new MisuseException($"'{text}' is not a bucket.");
    }
}
