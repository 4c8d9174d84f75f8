namespace B2Sdk;

/// <summary>A bucket to which a key is restricted.</summary>
/// <param name="Id">The bucket's id.</param>
/// <param name="Name">The bucket's name; null when the bucket was deleted.</param>
public sealed record AllowedBucket(string Id, string? Name);
