namespace B2Sdk;

/// <summary>Whether a file is held, so that it cannot be deleted whatever its retention says.</summary>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct LegalHold(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

    /// <summary>The file cannot be deleted.</summary>
    public static LegalHold On { get; } = new("on");

    /// <summary>A hold was taken away.</summary>
    public static LegalHold Off { get; } = new("off");

    internal void Validate(string parameterName)
    {
        if (this != On && this != Off)
        {
            throw new ArgumentException($"The legal hold is '{this}'; it is '{On}' or '{Off}'.", parameterName);
        }
    }

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
