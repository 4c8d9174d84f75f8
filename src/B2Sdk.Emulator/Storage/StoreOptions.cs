namespace B2Sdk.Emulator.Storage;

/// <summary>Where and how a store keeps what it is given.</summary>
/// <param name="Folder">The folder; null for memory, and for files that are gone afterwards.</param>
/// <param name="Durability">What outlives what.</param>
/// <param name="IsSparse">True to keep no content beyond a few bytes.</param>
/// <param name="Time">The emulator's clock.</param>
internal sealed record StoreOptions(string? Folder, EmulatorDurability Durability, bool IsSparse, TimeProvider Time)
{
    /// <summary>How many bytes each account may store; null for any number.</summary>
    public Func<long?> StorageCap { get; init; } = static () => null;

    /// <summary>How long what is to be replicated waits.</summary>
    public TimeSpan ReplicationDelay { get; init; }

    /// <summary>True when nothing is acknowledged before it is on the disk.</summary>
    public bool Flushes => Folder is not null && Durability == EmulatorDurability.Full;
}
