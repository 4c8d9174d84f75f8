namespace B2Sdk.Emulator.Control;

internal sealed record FaultList(IReadOnlyList<ActiveFault> Faults);
