namespace B2Sdk.Emulator.Control;

/// <summary>What to do with the clock: set it, advance it, stop it or let it go. All of it happens at once.</summary>
internal sealed record ClockChange
{
    public DateTimeOffset? Set { get; init; }
    public TimeSpan? Advance { get; init; }
    public bool? Freeze { get; init; }
}
