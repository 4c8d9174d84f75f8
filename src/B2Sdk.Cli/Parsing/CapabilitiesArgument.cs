using System.CommandLine;

namespace B2Sdk.Cli.Parsing;

/// <summary>What a key may do: words with commas between.</summary>
internal sealed class CapabilitiesArgument : Argument<string?>
{
    public const char Separator = ',';

    public CapabilitiesArgument(string description)
        : base("capabilities")
    {
        Arity = ArgumentArity.ZeroOrOne;
        Description = description;
        HelpName = "capabilities";
    }

    /// <summary>What was given; null for nothing.</summary>
    public IReadOnlyList<Capability>? Read(ParseResult line) =>
        line.GetValue(this) is { } text ? [.. text.Split(Separator).Select(word => new Capability(word.Trim()))] : null;
}
