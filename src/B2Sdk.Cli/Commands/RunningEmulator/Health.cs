using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary><c>b2 emulator health</c></summary>
internal static class Health
{
    public static Command Create(CliContext context) =>
        Control.CreateVerb(
            context,
            new Verb("health", "Tell whether an emulator is running and ready; needs no control token", "b2 emulator health"),
            async (run, _, client, cancellationToken) =>
                Control.Print(run, await client.GetAsync("health", cancellationToken), answer => run.Print(answer.Text("status")))
        );
}
