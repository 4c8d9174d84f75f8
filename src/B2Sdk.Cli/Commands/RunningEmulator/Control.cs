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

    /// <summary>Prints an answer when JSON is wanted, and else what people read of it.</summary>
    public static void Print(Invocation run, JsonElement answer, Action<JsonElement> printForPeople)
    {
        if (run.IsJson)
        {
            run.PrintJson(json => Write(json, answer));
        }
        else
        {
            printForPeople(answer);
        }
    }

    // The emulator writes members in the order in which people think of them; here they are sorted as everywhere.
    private static void Write(Utf8JsonWriter json, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (var item in element.EnumerateArray())
            {
                Write(json, item);
            }
            json.WriteEndArray();
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
            {
                json.WritePropertyName(member.Name);
                Write(json, member.Value);
            }
            json.WriteEndObject();
        }
        else
        {
            element.WriteTo(json);
        }
    }

    /// <summary>The text of a member; empty when it is missing or null.</summary>
    public static string Text(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "";
}
