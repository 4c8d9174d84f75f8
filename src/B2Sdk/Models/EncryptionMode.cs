namespace B2Sdk;

/// <summary>How B2 encrypts a file on its disks.</summary>
/// <remarks>B2 may add values; an unknown one is kept as it came.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct EncryptionMode(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

    /// <summary>B2 keeps the key.</summary>
    public static EncryptionMode SseB2 { get; } = new("SSE-B2");

    /// <summary>The customer keeps the key and sends it with each request.</summary>
    public static EncryptionMode SseC { get; } = new("SSE-C");

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
