namespace B2Sdk.Emulator.Rules;

/// <summary>What keeps a version from being deleted for a time.</summary>
/// <param name="Mode">Who may end it early.</param>
/// <param name="Until">When it ends, in milliseconds since 1970.</param>
internal sealed record Retention(RetentionMode Mode, long Until)
{
    public bool IsInForceAt(long now) => Until > now;
}
