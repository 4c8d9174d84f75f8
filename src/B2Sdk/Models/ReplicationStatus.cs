namespace B2Sdk;

/// <summary>How far the replication of a version is.</summary>
/// <remarks>B2 may add values; an unknown one is kept as it came. Two are equal whatever their case, as B2 has used both.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct ReplicationStatus(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

    /// <summary>It waits to be replicated.</summary>
    public static ReplicationStatus Pending { get; } = new("PENDING");

    /// <summary>It was replicated.</summary>
    public static ReplicationStatus Completed { get; } = new("COMPLETED");

    /// <summary>It could not be replicated.</summary>
    public static ReplicationStatus Failed { get; } = new("FAILED");

    /// <summary>It is itself a replica, made by B2.</summary>
    public static ReplicationStatus Replica { get; } = new("REPLICA");

    /// <summary>True when both are the same word, in whatever case.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(ReplicationStatus other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
