using B2Sdk.Emulator.Control;

namespace B2Sdk.Emulator;

/// <summary>What goes wrong on purpose with an emulator.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class EmulatorFaults
{
    private readonly Lock _lock = new();
    private ActiveFault[] _active = [];
    private long _last;

    internal EmulatorFaults() { }

    /// <summary>All that are in force, in the order in which they were added, with those that are spent.</summary>
    public IReadOnlyList<ActiveFault> Active => Volatile.Read(ref _active);

    /// <summary>Puts a fault in force, behind those that are.</summary>
    /// <param name="fault">What goes wrong, and when.</param>
    /// <exception cref="ArgumentException">It does nothing, or makes no sense; the message says what.</exception>
    public ActiveFault Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Check(fault);
        lock (_lock)
        {
            var added = new ActiveFault($"f{++_last}", fault);
            Volatile.Write(ref _active, [.. _active, added]);
            return added;
        }
    }

    /// <summary>Ends a fault. False when there is none of that id.</summary>
    /// <param name="id">Its <see cref="ActiveFault.Id"/>.</param>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            var left = Array.FindAll(_active, fault => fault.Id != id);
            var isThere = left.Length < _active.Length;
            Volatile.Write(ref _active, left);
            return isThere;
        }
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Volatile.Write(ref _active, []);
        }
    }

    /// <exception cref="ArgumentException">The fault does nothing, or makes no sense; the message says what.</exception>
    internal static void Check(Fault fault)
    {
        if (FaultRules.FindProblems(fault).FirstOrDefault() is { } problem)
        {
            throw new ArgumentException(problem, nameof(fault));
        }
    }

    /// <summary>Puts these in force instead of all others, and counts anew.</summary>
    internal void Reset(IReadOnlyList<Fault> faults)
    {
        lock (_lock)
        {
            _last = 0;
            Volatile.Write(ref _active, []);
            foreach (var fault in faults)
            {
                Add(fault);
            }
        }
    }

    /// <summary>Finds the fault that befalls a call; null for none.</summary>
    internal ActiveFault? Strike(CallFacts call)
    {
        if (Active.Count == 0)
        {
            return null;
        }
        lock (_lock)
        {
            foreach (var candidate in _active)
            {
                if (candidate.IsSpent || !FaultRules.Covers(candidate.Fault, call))
                {
                    continue;
                }
                var isTurn = FaultRules.IsTurn(candidate.Fault, candidate.Matched);
                candidate.CountMatch();
                if (isTurn)
                {
                    candidate.CountFiring();
                    return candidate;
                }
            }
            return null;
        }
    }
}
