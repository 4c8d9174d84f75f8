using System.CommandLine;
using System.CommandLine.Invocation;

namespace B2Sdk.Cli.Help;

/// <summary>Help that leaves out nothing: old names and options that are seldom wanted, too.</summary>
internal sealed class WholeHelp(CommandLineAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        // The tree is built for this run alone.
        var root = parseResult.RootCommandResult.Command;
        foreach (var command in root.Subcommands)
        {
            command.Hidden = false;
        }
        foreach (var option in root.Options)
        {
            option.Hidden = false;
        }
        return ((SynchronousCommandLineAction)help).Invoke(parseResult);
    }
}
