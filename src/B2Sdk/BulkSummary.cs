namespace B2Sdk;

/// <summary>What became of many files.</summary>
public sealed record BulkSummary
{
    /// <summary>True when nothing was done: the numbers are what would be.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>How many were done.</summary>
    public required long Done { get; init; }

    /// <summary>The bytes of those that were done; parts of unfinished large files are not known, and not counted.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many failed.</summary>
    public required long Failed { get; init; }

    /// <summary>The first hundred of those that failed. <see cref="BulkOptions.Progress"/> is told of all.</summary>
    public required IReadOnlyList<BulkResult> FirstFailures
    {
        get;
        init => field = ValueList<BulkResult>.Of(value);
    }

    /// <summary>Throws when anything failed.</summary>
    /// <exception cref="B2Exception">The first failure, with the number of all.</exception>
    public void ThrowIfFailed()
    {
        if (FirstFailures is [{ Failure: { } first }, ..])
        {
            throw new B2Exception($"{Failed} of {Done + Failed} files failed; the first: {first.Message}", first, first.Facts);
        }
    }
}
