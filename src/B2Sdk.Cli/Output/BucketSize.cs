namespace B2Sdk.Cli.Output;

/// <summary>What is in a bucket, over all versions.</summary>
internal readonly record struct BucketSize(long FileCount, long TotalBytes);
