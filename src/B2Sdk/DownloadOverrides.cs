namespace B2Sdk;

/// <summary>Response headers that downloads with a token get instead of the file's own. They are part of what is authorized: the download must ask for exactly these.</summary>
public sealed record DownloadOverrides
{
    /// <summary>The <c>Content-Disposition</c>, such as <c>attachment; filename="report.pdf"</c>; null for the file's own.</summary>
    public string? ContentDisposition { get; init; }

    /// <summary>The <c>Content-Type</c>; null for the file's own.</summary>
    public string? ContentType { get; init; }

    /// <summary>The <c>Cache-Control</c>; null for the file's own.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The <c>Content-Encoding</c>; null for the file's own.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The <c>Content-Language</c>; null for the file's own.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The <c>Expires</c>, in whole seconds; null for the file's own.</summary>
    public DateTimeOffset? Expires { get; init; }
}
