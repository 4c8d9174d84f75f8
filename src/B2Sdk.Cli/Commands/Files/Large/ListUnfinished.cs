using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files.Large;

/// <summary><c>b2 file large unfinished list</c></summary>
internal static class ListUnfinished
{
    internal sealed record Arguments(string BucketName, string Prefix);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket, or b2://bucket/prefix for files whose names start so");
        var command = new Verb(
            "list",
            "List the large files that were begun and are not finished, whose parts take up space",
            "b2 file large unfinished list b2://my-photos"
        )
        {
            uri,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
                uri.Read(line) is { BucketName: { Length: > 0 } bucketName, Path: var prefix }
                    ? RunAsync(run, new(bucketName, prefix), cancellationToken)
                    : throw new MisuseException($"'{line.GetRequiredValue(uri)}' names no bucket.")
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.BucketName, cancellationToken);
        var files = bucket.ListUnfinishedLargeFilesAsync(new() { Prefix = arguments.Prefix }, cancellationToken);
        if (run.IsJson)
        {
            await run.PrintJsonArrayAsync(files, FileJson.Write);
            return;
        }
        await foreach (var file in files)
        {
            var info = file
                .FileInfo.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => $"{entry.Key}={NameText.Escape(entry.Value)}");
            run.Print($"{file.FileId} {run.Name(file.FileName)} {file.ContentType} {string.Join(' ', info)}");
        }
    }
}
