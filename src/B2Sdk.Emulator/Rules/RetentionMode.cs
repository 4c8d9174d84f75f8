namespace B2Sdk.Emulator.Rules;

/// <summary>Who may end a retention early. The numbers are kept.</summary>
internal enum RetentionMode
{
    /// <summary>Whoever may bypass it.</summary>
    Governance = 1,

    /// <summary>Nobody.</summary>
    Compliance = 2,
}
