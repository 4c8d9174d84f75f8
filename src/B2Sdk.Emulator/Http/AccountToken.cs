namespace B2Sdk.Emulator.Http;

/// <summary>Opens all that its key opens.</summary>
internal sealed class AccountToken : Token;
