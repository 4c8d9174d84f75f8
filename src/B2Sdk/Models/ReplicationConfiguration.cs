namespace B2Sdk;

/// <summary>A bucket's part in replication.</summary>
public sealed record ReplicationConfiguration
{
    /// <summary>What it sends; null when it is no source.</summary>
    public ReplicationSource? AsReplicationSource { get; init; }

    /// <summary>What it receives; null when it is no destination.</summary>
    public ReplicationDestination? AsReplicationDestination { get; init; }
}
