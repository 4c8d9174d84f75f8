namespace B2Sdk.Emulator;

/// <summary>What an acknowledged write outlives.</summary>
public enum EmulatorDurability
{
    /// <summary>Anything: the end of the process, of the system, and of the power. Everything is flushed to the disk before it is acknowledged.</summary>
    Full,

    /// <summary>The end of the process, however sudden. Nothing waits for the disk, which is several times faster; after a loss of power the folder may be damaged.</summary>
    Relaxed,
}
