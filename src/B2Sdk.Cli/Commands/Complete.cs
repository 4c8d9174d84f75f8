using System.CommandLine;
using B2Sdk.Cli.Completion;

namespace B2Sdk.Cli.Commands;

/// <summary><c>b2 complete</c>, which the scripts of <see cref="Completion"/> ask.</summary>
internal static class Complete
{
    public static Command Create(CliContext context)
    {
        var words = new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("complete", "Print how a line can go on") { words };
        command.Hidden = true;
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, line.GetValue(words) ?? [], cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, string[] words, CancellationToken cancellationToken)
    {
        var root = CommandTree.Build(run.Context);
        var remote = new RemoteNames(root, run.Context, words.SkipLast(1));
        foreach (var word in await new Completer(root, remote).CompleteAsync(words, cancellationToken))
        {
            run.Print(word);
        }
    }
}
