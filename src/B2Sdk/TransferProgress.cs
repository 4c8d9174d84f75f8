namespace B2Sdk;

/// <summary>How far a transfer is.</summary>
/// <param name="BytesTransferred">The bytes that have been moved so far; bytes that must be moved again count once, so it never falls. The last byte counts when all of them are acknowledged or written.</param>
/// <param name="TotalBytes">The bytes in all; null while that is not known.</param>
public readonly record struct TransferProgress(long BytesTransferred, long? TotalBytes);
