using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace B2Sdk.Cli.Help;

/// <summary>Help that ends with examples, as wide as the terminal, or as terminals used to be where there is none.</summary>
internal sealed class ExampledHelp(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = terminal.IsOutput ? Math.Max(terminal.Width(), Terminal.UsualWidth / 2) : Terminal.UsualWidth;
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
