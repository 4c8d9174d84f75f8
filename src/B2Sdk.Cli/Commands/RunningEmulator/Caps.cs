using System.CommandLine;
using System.Text.Json;
using B2Sdk.Cli.Commands.LocalEmulator;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary><c>b2 emulator caps</c></summary>
internal static class Caps
{
    public static Command Create(CliContext context)
    {
        var storage = new Option<string?>("--cap-storage") { Description = "How much each account may store", HelpName = "BYTES" };
        var download = new Option<string?>("--cap-download")
        {
            Description = "How much of each account may be downloaded in a day",
            HelpName = "BYTES",
        };
        var transactions = new Option<string[]>(CapFlags.Transactions)
        {
            Description = "How many transactions of class B or C each account may make in a day; may be given for both",
            HelpName = "CLASS=N",
        };
        var none = new Option<bool>("--none") { Description = "Let accounts have as much as they want" };
        var verb = new Verb(
            "caps",
            "Show or set how much each account of an emulator that is running may have; what is not given has no cap then",
            "b2 emulator caps",
            "b2 emulator caps --cap-transactions C=0 --cap-storage 10GB",
            "b2 emulator caps --none"
        )
        {
            storage,
            download,
            transactions,
            none,
        };
        verb.Validators.Add(result =>
        {
            if (
                result.GetValue(none)
                && (result.GetResult(storage) ?? result.GetResult(download) ?? result.GetResult(transactions)) is not null
            )
            {
                result.AddError($"{none.Name} goes with no cap.");
            }
        });
        return Control.CreateVerb(
            context,
            verb,
            async (run, line, client, cancellationToken) =>
            {
                var (classB, classC) = CapFlags.ReadTransactions(line.GetValue(transactions) ?? []);
                (string, long?)[] caps =
                [
                    ("storage", Read(line, storage)),
                    ("download", Read(line, download)),
                    ("classB", classB),
                    ("classC", classC),
                ];
                var isChange = line.GetValue(none) || caps.Any(cap => cap.Item2 is not null);
                var answer = isChange
                    ? await client.SendAsync(HttpMethod.Put, "caps", Write(caps), cancellationToken)
                    : await client.GetAsync("caps", cancellationToken);
                Control.Print(
                    run,
                    answer,
                    told =>
                    {
                        if (!Print(run, told))
                        {
                            run.Print("no caps");
                        }
                    }
                );
            }
        );
    }

    /// <summary>Prints those that there are; false when there are none.</summary>
    public static bool Print(Invocation run, JsonElement caps)
    {
        (string Member, string Line)[] lines =
        [
            ("storage", "storage cap:         {0} bytes"),
            ("download", "download cap:        {0} bytes a day"),
            ("classB", "class B cap:         {0} transactions a day"),
            ("classC", "class C cap:         {0} transactions a day"),
        ];
        var isAny = false;
        foreach (var (member, text) in lines)
        {
            if (caps.Text(member) is { Length: > 0 } cap)
            {
                run.Print(text.Replace("{0}", cap, StringComparison.Ordinal));
                isAny = true;
            }
        }
        return isAny;
    }

    private static long? Read(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is { } text ? ByteSize.Parse(text, option.Name) : null;

    private static string Write(IEnumerable<(string Name, long? Value)> caps) =>
        JsonText.Render(
            json =>
            {
                json.WriteStartObject();
                foreach (var (name, value) in caps)
                {
                    if (value is { } number)
                    {
                        json.WriteNumber(name, number);
                    }
                }
                json.WriteEndObject();
            },
            isOnOneLine: true
        );
}
