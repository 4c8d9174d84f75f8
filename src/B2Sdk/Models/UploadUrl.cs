namespace B2Sdk;

/// <summary>A place to upload to, with the token that is good for it alone, and for one upload at a time.</summary>
internal sealed record UploadUrl(Uri Url, Secret AuthorizationToken);
