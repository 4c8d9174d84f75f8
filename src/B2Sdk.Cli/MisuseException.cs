namespace B2Sdk.Cli;

/// <summary>The command line was understood, and asks for something that cannot be meant.</summary>
internal sealed class MisuseException(string message) : Exception(message);
