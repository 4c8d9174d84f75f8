using B2Sdk.Emulator.Control;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Seeding;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator;

/// <summary>What every call may need.</summary>
internal sealed class EmulatorServices
{
    public EmulatorServices(B2EmulatorOptions options, EmulatorClock clock, Store store, CapGuard caps)
    {
        Options = options;
        Clock = clock;
        Store = store;
        Caps = caps;
        Leniency = new(options.Lenient);
        Tokens = new(clock, store, Leniency);
        Control = new(this);
    }

    public B2EmulatorOptions Options { get; }

    public EmulatorClock Clock { get; }

    public Store Store { get; }

    public CapGuard Caps { get; }

    public Leniency Leniency { get; }

    public Tokens Tokens { get; }

    public TestModes TestModes { get; } = new();

    public EmulatorFaults Faults { get; } = new();

    public EmulatorJournal Journal { get; } = new();

    public EmulatorControl Control { get; }

    /// <summary>What was there from the start, and is there again after a reset.</summary>
    public Seeder? Seeder { get; set; }
}
