using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary><c>b2 file info</c></summary>
internal static class Info
{
    internal sealed record Arguments(B2Uri Uri);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket/name, or b2id://version");
        var command = new Verb("info", "Print what B2 knows of a file, as JSON", "b2 file info b2://my-photos/2026/cat.jpg") { uri };
        Invocation.SetAction(command, context, (run, line, cancellationToken) => RunAsync(run, new(uri.ReadFile(line)), cancellationToken));
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var file = arguments.Uri.FileId is { } fileId
            ? await account.Api.GetFileInfoAsync(fileId, cancellationToken)
            : await GetByNameAsync(account.Api, arguments.Uri, cancellationToken);
        run.PrintJson(json => FileJson.Write(json, file));
    }

    private static async Task<FileVersion> GetByNameAsync(B2Api api, B2Uri uri, CancellationToken cancellationToken)
    {
        var bucket = await api.GetBucketByNameAsync(uri.BucketName!, cancellationToken);
        var file = await bucket.GetFileInfoByNameAsync(uri.Path, cancellationToken: cancellationToken);
        // The answer comes as headers, which leave out what the question has said.
        return file with { AccountId = bucket.AccountId, BucketId = bucket.Id };
    }
}
