namespace B2Sdk.Emulator.Rules;

/// <summary>What lifecycle rules look at in a version.</summary>
/// <param name="Timestamp">Its time, in milliseconds since 1970.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsProtected">True while retention or a legal hold forbids to delete it.</param>
internal readonly record struct LifecycleVersion(long Timestamp, LifecycleVersion.What Kind, bool IsProtected)
{
    public enum What
    {
        Upload,
        HideMarker,
        Unfinished,
    }
}
