namespace B2Sdk;

/// <summary>How to delete many files.</summary>
public sealed record DeleteFilesOptions : BulkOptions
{
    /// <summary>True to go past retention in governance mode, where the key may. Default: false.</summary>
    public bool BypassGovernance { get; init; }
}
