using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace B2Sdk.Cli.Help;

/// <summary>Help that ends with examples.</summary>
internal sealed class ExampledHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb { Examples: { Count: > 0 } examples })
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }
            output.WriteLine();
        }
        return ExitCodes.Success;
    }
}
