namespace B2Sdk;

/// <summary>What to clean up, and how. What is visible is never touched.</summary>
public sealed record CleanUpOptions : BulkOptions
{
    /// <summary>Only names that start with this; empty for all.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>True to delete versions that a newer one or a hide marker has replaced. Default: false.</summary>
    public bool OldVersions { get; init; }

    /// <summary>
    /// True to delete hide markers that hide nothing: those that a newer version has replaced, and those under which nothing is left, or will be left by this clean-up. Default: false.
    /// </summary>
    public bool HideMarkers { get; init; }

    /// <summary>True to cancel large files that nobody has finished. Default: false.</summary>
    public bool UnfinishedFiles { get; init; }

    /// <summary>
    /// Only what has been so for at least as long, by the service's clock: since it was replaced, hidden, or started. Default: 24 hours, so that an upload that another machine is
    /// making is left alone.
    /// </summary>
    public TimeSpan OlderThan { get; init; } = TimeSpan.FromHours(24);

    /// <summary>True to go past retention in governance mode, where the key may. Default: false.</summary>
    public bool BypassGovernance { get; init; }

    internal void ValidateSelection(string parameterName)
    {
        Validate(parameterName);
        if (!OldVersions && !HideMarkers && !UnfinishedFiles)
        {
            throw new ArgumentException(
                "The clean-up selects nothing: no old versions, no hide markers and no unfinished files.",
                parameterName
            );
        }
        if (OlderThan < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(parameterName, $"The age is {OlderThan}; it is zero or more.");
        }
    }
}
