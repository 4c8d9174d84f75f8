namespace B2Sdk;

/// <summary>Which files of a bucket are replicated, and to where.</summary>
public sealed record ReplicationRule
{
    /// <summary>The rule's name, unique in its bucket.</summary>
    public required string ReplicationRuleName { get; init; }

    /// <summary>The bucket that receives the copies.</summary>
    public required string DestinationBucketId { get; init; }

    /// <summary>Which rule wins where two apply; 1 to 2,147,483,647. Default: 128.</summary>
    public int Priority { get; init; } = 128;

    /// <summary>Only files whose name starts with this; empty for all.</summary>
    public string FileNamePrefix { get; init; } = "";

    /// <summary>False when the rule is paused. Default: true.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>True when files from before the rule are replicated too.</summary>
    public bool IncludeExistingFiles { get; init; }
}
