namespace B2Sdk;

/// <summary>A token with which others may download files by name.</summary>
public sealed record DownloadAuthorization
{
    /// <summary>The token, for the <c>Authorization</c> header or the query parameter of the same name.</summary>
    public required Secret AuthorizationToken { get; init; }

    /// <summary>The bucket that it opens.</summary>
    public required string BucketId { get; init; }

    /// <summary>The names that it opens: all that start with this.</summary>
    public required string FileNamePrefix { get; init; }

    /// <summary>When it stops working, by the service's clock as far as that is known.</summary>
    public required DateTimeOffset ExpirationTimestamp { get; init; }
}
