namespace B2Sdk.Emulator.Storage;

/// <summary>A bucket as a spectator sees it. Of a full bucket only the beginning is counted.</summary>
internal sealed record BucketOverview(
    string BucketId,
    string BucketName,
    string BucketType,
    string AccountId,
    long Versions,
    long SizeInBytes,
    bool AreMore
);
