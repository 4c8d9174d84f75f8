using System.CommandLine;

namespace B2Sdk.Cli.Parsing;

/// <summary>A key of the account, by its id.</summary>
internal sealed class KeyIdArgument : Argument<string>
{
    public KeyIdArgument(string description)
        : base("applicationKeyId") => Description = description;
}
