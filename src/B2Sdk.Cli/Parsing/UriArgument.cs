using System.CommandLine;

namespace B2Sdk.Cli.Parsing;

/// <summary>What a command works on, as a <c>b2://</c> or <c>b2id://</c> URI.</summary>
internal sealed class UriArgument : Argument<string>
{
    public UriArgument(string description)
        : base("B2_URI") => Description = description;

    public B2Uri Read(ParseResult line) => B2Uri.Parse(line.GetRequiredValue(this));

    /// <summary>A file by its name, or a version.</summary>
    public B2Uri ReadFile(ParseResult line) => B2Uri.ParseFile(line.GetRequiredValue(this));
}
