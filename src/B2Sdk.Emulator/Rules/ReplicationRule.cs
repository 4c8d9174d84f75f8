namespace B2Sdk.Emulator.Rules;

/// <summary>Which files of a bucket are replicated, and where to.</summary>
internal sealed record ReplicationRule
{
    public required string Name { get; init; }
    public required string DestinationBucketId { get; init; }
    public required string Prefix { get; init; }

    /// <summary>Of two rules with one destination, that with the greater number counts.</summary>
    public required int Priority { get; init; }

    public required bool IsEnabled { get; init; }

    /// <summary>True when it is also for files that were there before.</summary>
    public required bool IncludesExistingFiles { get; init; }

    public bool Covers(string fileName) => fileName.StartsWith(Prefix, StringComparison.Ordinal);
}
