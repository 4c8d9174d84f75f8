using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary><c>b2 file info</c></summary>
internal static class Info
{
    internal sealed record Arguments(B2Uri Uri, EncryptionSetting? Encryption);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket/name, or b2id://version");
        var encryption = Encryption.OfSource();
        var command = new Verb("info", "Print what B2 knows of a file, as JSON", "b2 file info b2://my-photos/2026/cat.jpg") { uri };
        encryption.AddTo(command);
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, new(uri.ReadFile(line), encryption.Read(run, line)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var file = await Target.FindAsync(account.Api, arguments.Uri, arguments.Encryption, cancellationToken);
        run.PrintJson(json => FileJson.Write(json, file, withHeaders: true));
    }
}
