namespace B2Sdk;

/// <summary>In what a <see cref="RetentionPeriod"/> is counted.</summary>
/// <remarks>B2 may add values; an unknown one is kept as it came.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct RetentionUnit(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

    /// <summary>Whole days.</summary>
    public static RetentionUnit Days { get; } = new("days");

    /// <summary>Whole years.</summary>
    public static RetentionUnit Years { get; } = new("years");

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
