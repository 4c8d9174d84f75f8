namespace B2Sdk.Wire;

/// <summary>What a call reaches for, as far as keys can be restricted to it; null where it reaches for nothing in particular.</summary>
/// <param name="BucketId">The bucket, by id.</param>
/// <param name="BucketName">The bucket, by name.</param>
/// <param name="FileName">The file.</param>
/// <param name="Prefix">All files whose names begin so.</param>
internal readonly record struct KeyReach(
    string? BucketId = null,
    string? BucketName = null,
    string? FileName = null,
    string? Prefix = null
);
