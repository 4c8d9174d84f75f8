using System.CommandLine;
using System.Text.Json;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary>What the verbs for a running emulator have in common.</summary>
internal static class Control
{
    /// <summary>Makes a verb that speaks to an emulator.</summary>
    public static Verb CreateVerb(
        CliContext context,
        Verb verb,
        Func<Invocation, ParseResult, ControlClient, CancellationToken, Task> runAsync
    )
    {
        var options = new EmulatorOptions();
        options.AddTo(verb);
        Invocation.SetAction(
            verb,
            context,
            async (run, line, cancellationToken) =>
            {
                using var client = options.Connect(run, line);
                await runAsync(run, line, client, cancellationToken);
            }
        );
        return verb;
    }

    /// <summary>Prints an answer as it came when JSON is wanted, and else as people read it.</summary>
    public static void Print(Invocation run, JsonElement answer, Action<JsonElement> printForPeople)
    {
        if (run.IsJson)
        {
            run.PrintJson(answer.WriteTo);
        }
        else
        {
            printForPeople(answer);
        }
    }

    /// <summary>The text of a member; empty when it is missing or null.</summary>
    public static string Text(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "";
}
