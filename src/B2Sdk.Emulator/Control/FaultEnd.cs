namespace B2Sdk.Emulator.Control;

/// <summary>Ends a call that a fault has broken off. There is nobody to be told of it.</summary>
internal sealed class FaultEnd : Exception;
