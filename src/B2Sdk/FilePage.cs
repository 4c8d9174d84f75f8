namespace B2Sdk;

/// <summary>A page of a listing, and where the next one begins.</summary>
public sealed record FilePage
{
    /// <summary>The rows; there may be none though more pages follow.</summary>
    public required IReadOnlyList<FileVersion> Files { get; init; }

    /// <summary>The <see cref="ListOptions.StartFileName"/> of the next page; null at the end.</summary>
    public string? NextFileName { get; init; }

    /// <summary>The <see cref="ListOptions.StartFileId"/> of the next page; null at the end, and where a name is enough.</summary>
    public string? NextFileId { get; init; }
}
