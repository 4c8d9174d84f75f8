namespace B2Sdk.Transfer;

/// <summary>How large the parts of a large file are.</summary>
internal static class PartSizes
{
    /// <summary>B2 numbers parts from 1 to this.</summary>
    public const int MaxParts = 10_000;

    /// <summary>The largest single upload or part: 5 GB.</summary>
    public const long MaxPartSize = 5_000_000_000;

    /// <summary>The largest file: 10 TB.</summary>
    public const long MaxFileSize = 10_000_000_000_000;

    /// <summary>The size of every part but the last.</summary>
    /// <param name="length">The file's bytes; null when that is not known.</param>
    /// <param name="wanted">What the caller or the account would like.</param>
    /// <param name="minimum">What the account allows at least.</param>
    public static long Choose(long? length, long wanted, long minimum)
    {
        var needed = length is { } known ? (known + MaxParts - 1) / MaxParts : 0;
        return Math.Min(Math.Max(Math.Max(wanted, minimum), needed), MaxPartSize);
    }

    /// <summary>The largest part that can be held in memory: what one array holds.</summary>
    public static readonly long MaxPartInMemory = Array.MaxLength;

    public static int Count(long length, long partSize) => (int)((length + partSize - 1) / partSize);
}
