namespace B2Sdk;

/// <summary>What a bucket replicates to others.</summary>
public sealed record ReplicationSource
{
    /// <summary>The id of the key with which B2 reads the files; null where there are no rules.</summary>
    public string? SourceApplicationKeyId { get; init; }

    /// <summary>The rules; at most two.</summary>
    public IReadOnlyList<ReplicationRule> ReplicationRules
    {
        get;
        init => field = ValueList<ReplicationRule>.Of(value);
    } = ValueList<ReplicationRule>.Of([]);
}
