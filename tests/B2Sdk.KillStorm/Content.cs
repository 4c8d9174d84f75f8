namespace B2Sdk.KillStorm;

/// <summary>Bytes by their length and SHA-1.</summary>
internal sealed record Content(long Length, string Sha1);
