using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary><c>b2 file update</c></summary>
internal static class Update
{
    internal sealed record Arguments(B2Uri Uri, FileRetention? Retention, LegalHold? Hold, bool BypassesGovernance);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket/name for its newest version, or b2id://version");
        var protection = new Protection(canBeTakenAway: true);
        var bypass = new Option<bool>("--bypass-governance") { Description = "Go past a retention in governance mode, if the key may" };
        var command = new Verb(
            "update",
            "Change what keeps a file from deletion",
            "b2 file update b2://my-photos/2026/cat.jpg --legal-hold on",
            "b2 file update b2://my-photos/2026/cat.jpg --file-retention-mode governance --retain-until 2027-01-31"
        )
        {
            uri,
        };
        protection.AddTo(command);
        command.Add(bypass);
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
            {
                var arguments = new Arguments(
                    uri.ReadFile(line),
                    protection.ReadRetention(line),
                    protection.ReadHold(line),
                    line.GetValue(bypass)
                );
                return arguments is { Retention: null, Hold: null }
                    ? throw new MisuseException("Nothing is to be changed. Try 'b2 file update --help'.")
                    : RunAsync(run, arguments, cancellationToken);
            }
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var file = await Target.FindAsync(account.Api, arguments.Uri, cancellationToken: cancellationToken);
        if (arguments.Hold is { } hold)
        {
            await account.Api.UpdateFileLegalHoldAsync(file, hold, cancellationToken);
        }
        if (arguments.Retention is { } retention)
        {
            await account.Api.UpdateFileRetentionAsync(file, retention, arguments.BypassesGovernance, cancellationToken);
        }
        if (run.IsJson)
        {
            var updated = await account.Api.GetFileInfoAsync(file, cancellationToken);
            run.PrintJson(json => FileJson.Write(json, updated));
        }
    }
}
