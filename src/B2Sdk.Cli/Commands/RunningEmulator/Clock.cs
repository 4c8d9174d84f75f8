using System.CommandLine;
using System.Text.Json;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary><c>b2 emulator clock</c></summary>
internal static class Clock
{
    public static Command Create(CliContext context)
    {
        var advance = new Option<string?>("--advance") { Description = "Move it ahead, by 90s, 12h, 30d or 1h30m", HelpName = "LENGTH" };
        var set = new Option<string?>("--set") { Description = "Set it, to 2030-01-01T00:00:00Z for instance", HelpName = "TIME" };
        var freeze = new Option<bool>("--freeze") { Description = "Stop it" };
        var resume = new Option<bool>("--resume") { Description = "Let it go on" };
        var verb = new Verb(
            "clock",
            "Show or move the clock of an emulator that is running; what becomes due is done first",
            "b2 emulator clock",
            "b2 emulator clock --advance 30d",
            "b2 emulator clock --set 2030-01-01T00:00:00Z --freeze"
        )
        {
            advance,
            set,
            freeze,
            resume,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(freeze) && result.GetValue(resume))
            {
                result.AddError($"{freeze.Name} and {resume.Name} exclude each other.");
            }
        });
        return Control.CreateVerb(
            context,
            verb,
            async (run, line, client, cancellationToken) =>
            {
                var change = Write(line.GetValue(advance), line.GetValue(set), line.GetValue(freeze), line.GetValue(resume));
                var answer = change is null
                    ? await client.GetAsync("clock", cancellationToken)
                    : await client.SendAsync(HttpMethod.Post, "clock", change, cancellationToken);
                Control.Print(run, answer, clock => run.Print(Describe(clock)));
            }
        );
    }

    public static string Describe(JsonElement clock) =>
        clock.Text("now") + (clock.GetProperty("isFrozen").GetBoolean() ? " (stands still)" : "");

    private static string? Write(string? advance, string? set, bool freeze, bool resume) =>
        advance is null && set is null && !freeze && !resume
            ? null
            : JsonText.Render(
                json =>
                {
                    json.WriteStartObject();
                    if (advance is not null)
                    {
                        json.WriteString("advance", advance);
                    }
                    if (freeze || resume)
                    {
                        json.WriteBoolean("freeze", freeze);
                    }
                    if (set is not null)
                    {
                        json.WriteString("set", set);
                    }
                    json.WriteEndObject();
                },
                isOnOneLine: true
            );
}
