using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary><c>b2 file cat</c></summary>
internal static class Cat
{
    internal sealed record Arguments(B2Uri Uri, DownloadOptions Options);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket/name, or b2id://version");
        var flags = new DownloadFlags();
        var range = RangeOption.Make("The first byte and the last, counted from 0; without the last, all that follows");
        var command = new Verb(
            "cat",
            "Print the content of a file, or a part of it",
            "b2 file cat b2://my-logs/2026-01-31.log | grep ERROR",
            "b2 file cat --range 0,1023 b2://my-photos/2026/cat.jpg | file -"
        )
        {
            uri,
            range,
        };
        flags.AddTo(command);
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
            {
                var options = flags.Read(run, line) with { Range = RangeOption.Read(line, range) };
                return RunAsync(run, new(uri.ReadFile(line), options), cancellationToken);
            }
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        await PrintAsync(run, account.Api, arguments.Uri, arguments.Options, cancellationToken);
    }

    /// <summary>Writes the content to standard output, which is the file's: nothing else may be in it.</summary>
    public static async Task<DownloadedFile> PrintAsync(
        Invocation run,
        B2Api api,
        B2Uri uri,
        DownloadOptions options,
        CancellationToken cancellationToken
    )
    {
        var bucket = uri.FileId is null ? await api.GetBucketByNameAsync(uri.BucketName!, cancellationToken) : null;
        return await TransferDisplay.RunAsync(
            run,
            uri.FileId ?? uri.Path,
            progress =>
            {
                var reported = options with { Progress = progress };
                return uri.FileId is { } fileId
                    ? api.DownloadToStreamByIdAsync(fileId, run.Context.Output, reported, cancellationToken)
                    : bucket!.DownloadToStreamAsync(uri.Path, run.Context.Output, reported, cancellationToken);
            },
            // Two hands on one terminal write over each other.
            isOutputShown: run.Context.Terminal.IsOutput
        );
    }
}
