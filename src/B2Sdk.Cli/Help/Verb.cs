using System.CommandLine;

namespace B2Sdk.Cli.Help;

/// <summary>A command that does something, with lines that show how it is used.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Whole lines, such as <c>b2 ls b2://photos/2026/</c>.</summary>
    public IReadOnlyList<string> Examples => examples;
}
