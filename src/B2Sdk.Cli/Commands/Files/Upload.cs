using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary><c>b2 file upload</c></summary>
internal static class Upload
{
    private const string StandardInput = "-";

    internal sealed record Arguments(string BucketName, string LocalFile, string FileName, UploadOptions Options, long? MinPartSize);

    public static Command Create(CliContext context)
    {
        var bucketName = new BucketArgument("The bucket");
        var localFile = new Argument<string>("localFilePath") { Description = "The file to read, a pipe, or - for standard input" };
        var fileName = new Argument<string>("b2FileName") { Description = "The name in the bucket" };
        var flags = new UploadFlags();
        var command = new Verb(
            "upload",
            "Upload a file and print its URLs and what B2 stored",
            "b2 file upload my-photos cat.jpg 2026/cat.jpg",
            "tar c folder | b2 file upload my-photos - folder.tar"
        )
        {
            bucketName,
            localFile,
            fileName,
        };
        flags.AddTo(command);
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
                RunAsync(
                    run,
                    new(
                        bucketName.Read(line),
                        line.GetRequiredValue(localFile),
                        line.GetRequiredValue(fileName),
                        flags.Read(run, line),
                        flags.ReadMinPartSize(line)
                    ),
                    cancellationToken
                )
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        // A mistyped path is said before anything is asked of the service.
        var isStandardInput = arguments.LocalFile == StandardInput;
        var local = new FileInfo(arguments.LocalFile);
        if (!isStandardInput && !local.Exists)
        {
            throw new CommandException(
                Directory.Exists(arguments.LocalFile)
                    ? $"'{arguments.LocalFile}' is a directory; name a file."
                    : $"There is no file '{arguments.LocalFile}'.",
                ExitCodes.NotFound
            );
        }

        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.BucketName, cancellationToken);
        var options = arguments.Options;
        if (arguments.MinPartSize is { } least)
        {
            var authorization = await account.Api.GetAuthorizationAsync(cancellationToken);
            // Parts of a stream wait in memory, where as much as is recommended for files would be too much.
            var isStream = isStandardInput || local.Length == 0;
            var usual = isStream ? authorization.AbsoluteMinimumPartSize : authorization.RecommendedPartSize;
            options = options with { PartSize = Math.Max(least, usual) };
        }
        var file = await TransferDisplay.RunAsync(run, arguments.FileName, progress => SendAsync(options with { Progress = progress }));

        if (!run.IsJson)
        {
            var byName = await bucket.GetDownloadUrlAsync(arguments.FileName, cancellationToken);
            var byId = await account.Api.GetDownloadUrlAsync(file, cancellationToken);
            run.Print($"URL by file name: {byName.AbsoluteUri}");
            run.Print($"URL by fileId: {byId.AbsoluteUri}");
        }
        run.PrintJson(json => FileJson.Write(json, file));

        async Task<FileVersion> SendAsync(UploadOptions options)
        {
            if (isStandardInput)
            {
                return await bucket.UploadStreamAsync(run.Context.Input, arguments.FileName, options, cancellationToken);
            }
            if (local.Length == 0 && await OpenPipeAsync(arguments.LocalFile, cancellationToken) is { } pipe)
            {
                await using (pipe)
                {
                    return await bucket.UploadStreamAsync(pipe, arguments.FileName, options, cancellationToken);
                }
            }
            return await bucket.UploadLocalFileAsync(arguments.LocalFile, arguments.FileName, options, cancellationToken);
        }
    }

    /// <summary>Opens a pipe or a device, which has no length of its own; null for an empty file.</summary>
    private static async Task<Stream?> OpenPipeAsync(string path, CancellationToken cancellationToken)
    {
        // Opening a pipe waits for its writer, and there is no other way to wait for one.
        var stream = await Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1), cancellationToken)
            .WaitAsync(cancellationToken);
        if (!stream.CanSeek)
        {
            return stream;
        }
        await stream.DisposeAsync();
        return null;
    }
}
