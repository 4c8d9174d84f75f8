using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.Accounts;

/// <summary><c>b2 account clear</c></summary>
internal static class Clear
{
    public static Command Create(CliContext context)
    {
        var command = new Verb("clear", "Forget the stored account", "b2 account clear");
        Invocation.SetAction(command, context, (run, _, cancellationToken) => RunAsync(run, cancellationToken));
        return command;
    }

    public static async Task RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        using var store = OpenAccount.Store(run);
        await store.ClearAsync(cancellationToken);
        run.PrintDone();
    }
}
