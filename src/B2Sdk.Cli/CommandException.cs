namespace B2Sdk.Cli;

/// <summary>A command cannot do what it was asked for a reason of its own.</summary>
internal sealed class CommandException(string message) : Exception(message);
