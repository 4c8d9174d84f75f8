namespace B2Sdk.Emulator.Control;

/// <summary>What the clock shows.</summary>
internal sealed record ClockState(DateTimeOffset Now, bool IsFrozen);
