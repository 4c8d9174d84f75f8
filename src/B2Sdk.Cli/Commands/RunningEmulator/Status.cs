using System.CommandLine;
using System.Text.Json;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary><c>b2 emulator status</c></summary>
internal static class Status
{
    public static Command Create(CliContext context) =>
        Control.CreateVerb(
            context,
            new Verb("status", "Tell how an emulator that is running is set up", "b2 emulator status", "b2 emulator status --json"),
            async (run, _, client, cancellationToken) =>
                Control.Print(run, await client.GetAsync("status", cancellationToken), answer => Print(run, answer))
        );

    private static void Print(Invocation run, JsonElement status)
    {
        run.Print($"url:                 {status.Text("url")}");
        run.Print($"version:             {status.Text("version")}");
        run.Print($"account id:          {status.Text("accountId")}");
        run.Print($"application key id:  {status.Text("applicationKeyId")}");
        run.Print($"kept in:             {(status.GetProperty("isDurable").GetBoolean() ? "a folder" : "memory")}");
        run.Print($"clock:               {Clock.Describe(status)}");
        run.Print($"faults in force:     {status.Text("faults")}");
        Caps.Print(run, status.GetProperty("caps"));
        var lenient = status.GetProperty("lenient").EnumerateArray().Select(name => name.GetString());
        run.Print($"lenient about:       {(string.Join(", ", lenient) is { Length: > 0 } names ? names : "nothing")}");
    }
}
