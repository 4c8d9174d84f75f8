namespace B2Sdk.Cli.Streams;

/// <summary>Whoever read our output has gone, as <c>head</c> does: there is nobody left to work for.</summary>
internal sealed class ClosedPipeException() : IOException("The reader of the output has closed it.");
