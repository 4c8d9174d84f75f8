namespace B2Sdk.KillStorm;

/// <summary>Something that was acknowledged is missing or different, or something is there that should not be.</summary>
internal sealed class WrongStateException(string message) : Exception(message);
