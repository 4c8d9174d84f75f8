namespace B2Sdk;

/// <summary>Which files of a bucket are replicated, and to where.</summary>
public sealed record ReplicationRule
{
    /// <summary>The rule's name, 1 to 64 letters, digits, hyphens and underscores; unique in its bucket.</summary>
    public required string ReplicationRuleName { get; init; }

    /// <summary>The id of the bucket that receives the copies, of this account or another.</summary>
    public required string DestinationBucketId { get; init; }

    /// <summary>Orders the rules where two apply, 1 to 2,147,483,647; another one for each rule of a bucket. Default: 128.</summary>
    public int Priority { get; init; } = 128;

    /// <summary>Only files whose name starts with this; empty for all.</summary>
    public string FileNamePrefix { get; init; } = "";

    /// <summary>False when the rule is paused. Default: true.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>True when files from before the rule are replicated too. Default: false.</summary>
    public bool IncludeExistingFiles { get; init; }
}
