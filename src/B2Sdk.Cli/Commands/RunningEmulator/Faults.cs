using System.CommandLine;
using System.Text.Json;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary><c>b2 emulator faults list|add|clear</c></summary>
internal static class Faults
{
    public static Command Create(CliContext context) =>
        new("faults", "What goes wrong on purpose with an emulator that is running")
        {
            CreateList(context),
            CreateAdd(context),
            CreateClear(context),
        };

    private static Verb CreateList(CliContext context) =>
        Control.CreateVerb(
            context,
            new Verb("list", "List the faults, and how often each struck", "b2 emulator faults list"),
            async (run, _, client, cancellationToken) =>
                Control.Print(
                    run,
                    await client.GetAsync("faults", cancellationToken),
                    answer =>
                    {
                        foreach (var fault in answer.GetProperty("faults").EnumerateArray())
                        {
                            Print(run, fault);
                        }
                    }
                )
        );

    private static Verb CreateAdd(CliContext context)
    {
        var fault = new Argument<string>("fault") { Description = "The fault as JSON; docs/emulator.md lists its members" };
        var verb = new Verb(
            "add",
            "Put a fault in force, and print its id",
            """b2 emulator faults add '{"operation":"b2_upload_file","status":503,"count":2}'""",
            """b2 emulator faults add '{"operation":"b2_download_file_by_name","cutAfter":65536}'"""
        )
        {
            fault,
        };
        return Control.CreateVerb(
            context,
            verb,
            async (run, line, client, cancellationToken) =>
                Control.Print(
                    run,
                    await client.SendAsync(HttpMethod.Post, "faults", line.GetRequiredValue(fault), cancellationToken),
                    answer => run.Print(answer.Text("id"))
                )
        );
    }

    private static Verb CreateClear(CliContext context)
    {
        var id = new Argument<string?>("id") { Description = "The fault; all when it is left out", Arity = ArgumentArity.ZeroOrOne };
        return Control.CreateVerb(
            context,
            new Verb("clear", "End a fault, or all", "b2 emulator faults clear", "b2 emulator faults clear f1") { id },
            async (run, line, client, cancellationToken) =>
            {
                var path = line.GetValue(id) is { } given ? $"faults/{Uri.EscapeDataString(given)}" : "faults";
                await client.SendAsync(HttpMethod.Delete, path, json: null, cancellationToken);
                run.PrintDone();
            }
        );
    }

    private static void Print(Invocation run, JsonElement fault)
    {
        var state = fault.GetProperty("isSpent").GetBoolean() ? ", spent" : "";
        run.Print(
            $"{fault.Text("id")}  struck {fault.Text("fired")} of {fault.Text("matched")}{state}  {Describe(fault.GetProperty("fault"))}"
        );
    }

    // What is false or zero says nothing.
    private static string Describe(JsonElement fault) =>
        string.Join(
            ' ',
            fault
                .EnumerateObject()
                .Where(member =>
                    member.Value.ValueKind != JsonValueKind.False && !(member.Name is "skip" or "seed" && member.Value.GetInt64() == 0)
                )
                .Select(member => $"{member.Name}={member.Value}")
        );
}
