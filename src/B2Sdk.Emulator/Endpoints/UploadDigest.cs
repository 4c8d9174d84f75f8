namespace B2Sdk.Emulator.Endpoints;

/// <summary>How long an upload's content is, and how its SHA-1 comes.</summary>
/// <param name="Length">The bytes of the content itself.</param>
/// <param name="IsAtEnd">True when 40 hex digits follow the content.</param>
/// <param name="IsUnverified">True when it is not to be checked.</param>
/// <param name="Given">The digest from the header; null when it comes otherwise.</param>
internal sealed record UploadDigest(long Length, bool IsAtEnd, bool IsUnverified, string? Given);
