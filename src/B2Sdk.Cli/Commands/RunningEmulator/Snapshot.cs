using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary><c>b2 emulator snapshot list|save|load|delete</c></summary>
internal static class Snapshot
{
    public static Command Create(CliContext context) =>
        new("snapshot", "Saved states of an emulator that is running")
        {
            CreateList(context),
            CreateNamed(context, "save", "Save all accounts, keys, buckets and files under a name", HttpMethod.Put, ""),
            CreateNamed(context, "load", "Put what was saved under a name in place of everything", HttpMethod.Post, "/load"),
            CreateNamed(context, "delete", "Forget what was saved under a name", HttpMethod.Delete, ""),
        };

    private static Verb CreateList(CliContext context) =>
        Control.CreateVerb(
            context,
            new Verb("list", "List the names under which something was saved", "b2 emulator snapshot list"),
            async (run, _, client, cancellationToken) =>
                Control.Print(
                    run,
                    await client.GetAsync("snapshots", cancellationToken),
                    answer =>
                    {
                        foreach (var snapshot in answer.GetProperty("snapshots").EnumerateArray())
                        {
                            run.Print($"{snapshot.Text("savedAt")}  {snapshot.Text("name")}");
                        }
                    }
                )
        );

    private static Verb CreateNamed(CliContext context, string verb, string description, HttpMethod method, string suffix)
    {
        var name = new Argument<string>("name") { Description = "1 to 64 letters, digits, hyphens, underscores and dots" };
        return Control.CreateVerb(
            context,
            new Verb(verb, description, $"b2 emulator snapshot {verb} fresh") { name },
            async (run, line, client, cancellationToken) =>
            {
                var path = $"snapshots/{Uri.EscapeDataString(line.GetRequiredValue(name))}{suffix}";
                await client.SendAsync(method, path, json: null, cancellationToken);
                run.PrintDone();
            }
        );
    }
}
