using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary><c>b2 emulator reset</c></summary>
internal static class Reset
{
    public static Command Create(CliContext context) =>
        Control.CreateVerb(
            context,
            new Verb("reset", "Make everything in an emulator that is running as it was at its start", "b2 emulator reset"),
            async (run, _, client, cancellationToken) =>
            {
                await client.SendAsync(HttpMethod.Post, "reset", json: null, cancellationToken);
                run.PrintDone();
            }
        );
}
