namespace B2Sdk.Emulator;

/// <summary>A fault that is in force, and how often it struck.</summary>
/// <remarks>Thread-safe. The numbers are those of the moment.</remarks>
public sealed class ActiveFault
{
    private long _matched;
    private long _fired;

    internal ActiveFault(string id, Fault fault)
    {
        Id = id;
        Fault = fault;
    }

    /// <summary>By what the emulator names it, also in the journal.</summary>
    public string Id { get; }

    /// <summary>What goes wrong.</summary>
    public Fault Fault { get; }

    /// <summary>How many calls were such as it is for, whether or not it was their turn.</summary>
    public long Matched => Volatile.Read(ref _matched);

    /// <summary>How many calls it befell.</summary>
    public long Fired => Volatile.Read(ref _fired);

    /// <summary>True when it will befall no further call, as it has done so often enough.</summary>
    public bool IsSpent => Fired >= Fault.Count;

    internal void CountMatch() => Interlocked.Increment(ref _matched);

    internal void CountFiring() => Interlocked.Increment(ref _fired);
}
