using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator;

/// <summary>What every call may need.</summary>
internal sealed record EmulatorServices(B2EmulatorOptions Options, EmulatorClock Clock, Store Store, Tokens Tokens, TestModes TestModes);
