using System.CommandLine;
using System.Text.Json;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary><c>b2 emulator journal</c></summary>
internal static class Journal
{
    public static Command Create(CliContext context)
    {
        var since = new Option<long?>("--since") { Description = "Only calls after the one with this number", HelpName = "N" };
        var filters = new[]
        {
            new Option<string?>("--operation") { Description = "Only calls of this operation, such as b2_upload_file", HelpName = "NAME" },
            new Option<string?>("--account-id") { Description = "Only calls of this account", HelpName = "ID" },
            new Option<string?>("--bucket")
            {
                Description = "Only calls for this bucket, by its id; downloads by name tell its name",
                HelpName = "ID",
            },
            new Option<string?>("--file-name") { Description = "Only calls for this file", HelpName = "NAME" },
        };
        var counts = new Option<bool>("--counts")
        {
            Description = "Count the calls instead, and what B2 would charge for; with --account-id, those of one account",
        };
        var clear = new Option<bool>("--clear") { Description = "Empty it instead" };
        var verb = new Verb(
            "journal",
            "Show what an emulator that is running was called for",
            "b2 emulator journal --operation b2_upload_file",
            "b2 emulator journal --counts"
        )
        {
            since,
            counts,
            clear,
        };
        Array.ForEach(filters, verb.Add);
        return Control.CreateVerb(
            context,
            verb,
            async (run, line, client, cancellationToken) =>
            {
                if (line.GetValue(clear))
                {
                    await client.SendAsync(HttpMethod.Delete, "journal", json: null, cancellationToken);
                    return;
                }
                if (line.GetValue(counts))
                {
                    var path = "journal/counts" + Query(("accountId", line.GetValue(filters[1])));
                    Control.Print(run, await client.GetAsync(path, cancellationToken), answer => PrintCounts(run, answer));
                    return;
                }
                var query = Query(
                    ("since", line.GetValue(since)?.ToString()),
                    ("operation", line.GetValue(filters[0])),
                    ("accountId", line.GetValue(filters[1])),
                    ("bucket", line.GetValue(filters[2])),
                    ("fileName", line.GetValue(filters[3])),
                    // All that is kept.
                    ("limit", "10000")
                );
                Control.Print(run, await client.GetAsync("journal" + query, cancellationToken), answer => PrintCalls(run, answer));
            }
        );
    }

    private static void PrintCalls(Invocation run, JsonElement page)
    {
        if (page.GetProperty("missed").GetInt64() is > 0 and var missed)
        {
            run.Warn($"{missed} calls are no longer kept.");
        }
        foreach (var call in page.GetProperty("entries").EnumerateArray())
        {
            var answer = call.Text("status") is { Length: > 0 } status ? $"{status} {call.Text("code")}".TrimEnd() : "no answer";
            var bucket = call.Text("bucketName") is { Length: > 0 } name ? name : call.Text("bucketId");
            var about = string.Join('/', new[] { bucket, call.Text("fileName") }.Where(part => part.Length > 0));
            var fault = call.Text("fault") is { Length: > 0 } id ? $"  fault {id}" : "";
            run.Print(
                $"{call.Text("number"), 6}  {call.Text("time")}  {call.Text("operation"), -32}  {answer}  {call.Text("bytesIn")} in, {call.Text("bytesOut")} out  {run.Name(about)}{fault}"
            );
        }
    }

    private static void PrintCounts(Invocation run, JsonElement counts)
    {
        foreach (var operation in counts.GetProperty("operations").EnumerateObject())
        {
            run.Print($"{operation.Name, -36}  {operation.Value}");
        }
        foreach (var kind in counts.GetProperty("transactions").EnumerateObject())
        {
            run.Print($"{$"transactions of class {kind.Name}", -36}  {kind.Value}");
        }
    }

    private static string Query(params (string Name, string? Value)[] parameters)
    {
        var given = parameters.Where(parameter => parameter.Value is not null);
        var text = string.Join('&', given.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
        return text.Length == 0 ? "" : $"?{text}";
    }
}
