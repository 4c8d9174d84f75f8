namespace B2Sdk;

/// <summary>A download that is done and proven.</summary>
public sealed record DownloadedFile
{
    /// <summary>The version that was downloaded.</summary>
    public required FileVersion File { get; init; }

    /// <summary>How many bytes were written.</summary>
    public required long BytesWritten { get; init; }

    /// <summary>What the content was checked against.</summary>
    public required ContentVerification Verification { get; init; }
}
