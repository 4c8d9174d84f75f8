namespace B2Sdk;

/// <summary>How strictly a retained file is protected.</summary>
/// <remarks>B2 may add values; an unknown one is kept as it came.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct RetentionMode(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

    /// <summary>Protected, unless a key with <c>bypassGovernance</c> asks to go past it.</summary>
    public static RetentionMode Governance { get; } = new("governance");

    /// <summary>Protected from everybody until the time has come.</summary>
    public static RetentionMode Compliance { get; } = new("compliance");

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
