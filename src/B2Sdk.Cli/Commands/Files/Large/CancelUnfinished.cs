using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files.Large;

/// <summary><c>b2 file large unfinished cancel</c></summary>
internal static class CancelUnfinished
{
    internal sealed record Arguments(B2Uri Uri, TimeSpan? OlderThan, bool IsDryRun);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket for all, b2://bucket/prefix for those whose names start so, or b2id://version for one");
        var olderThan = new Option<string?>("--older-than")
        {
            Description = "Only those that were begun longer ago: seconds, or 12h, 7d",
            HelpName = "TIME",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print which, and cancel none" };
        var command = new Verb(
            "cancel",
            "Cancel large files that are not finished, and free the space of their parts",
            "b2 file large unfinished cancel b2://my-photos --older-than 7d"
        )
        {
            uri,
            olderThan,
            dryRun,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
            {
                var arguments = new Arguments(
                    uri.Read(line),
                    line.GetValue(olderThan) is { } time ? Duration.Parse(time, olderThan.Name) : null,
                    line.GetValue(dryRun)
                );
                return arguments.Uri.BucketName is "" ? throw new MisuseException($"'{line.GetRequiredValue(uri)}' names no bucket.")
                    : arguments is { Uri.FileId: not null, OlderThan: not null }
                        ? throw new MisuseException($"{olderThan.Name} chooses among the files of a bucket, not with a b2id:// URI.")
                    : RunAsync(run, arguments, cancellationToken);
            }
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var canceled = CancelAsync(run, account.Api, arguments, cancellationToken);
        if (run.IsJson)
        {
            await run.PrintJsonArrayAsync(canceled, Write);
        }
        else
        {
            await foreach (var (fileId, _) in canceled)
            {
                run.Print($"{fileId} canceled");
            }
        }
        if (arguments.IsDryRun)
        {
            run.Say("This was a dry run: nothing was canceled.");
        }
    }

    private static async IAsyncEnumerable<(string FileId, string? FileName)> CancelAsync(
        Invocation run,
        B2Api api,
        Arguments arguments,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var (fileId, fileName) in ChooseAsync(run, api, arguments, cancellationToken))
        {
            if (!arguments.IsDryRun)
            {
                await api.CancelLargeFileAsync(fileId, cancellationToken);
            }
            yield return (fileId, fileName);
        }
    }

    private static async IAsyncEnumerable<(string FileId, string? FileName)> ChooseAsync(
        Invocation run,
        B2Api api,
        Arguments arguments,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (arguments.Uri.FileId is { } fileId)
        {
            yield return (fileId, null);
            yield break;
        }
        var bucket = await api.GetBucketByNameAsync(arguments.Uri.BucketName!, cancellationToken);
        var latest = run.Context.TimeProvider.GetUtcNow() - arguments.OlderThan;
        await foreach (var file in bucket.ListUnfinishedLargeFilesAsync(new() { Prefix = arguments.Uri.Path }, cancellationToken))
        {
            if (latest is null || file.UploadTimestamp < latest)
            {
                yield return (file.FileId, file.FileName);
            }
        }
    }

    private static void Write(Utf8JsonWriter json, (string FileId, string? FileName) file)
    {
        json.WriteStartObject();
        json.WriteString("fileId", file.FileId);
        json.WriteString("fileName", file.FileName);
        json.WriteEndObject();
    }
}
