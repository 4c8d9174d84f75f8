using System.CommandLine;
using System.Globalization;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary><c>b2 file download</c></summary>
internal static class Download
{
    private const string StandardOutput = "-";

    /// <summary>What the file's info says of the headers of downloads, which have lines of their own, in the order of the Python tool.</summary>
    private static readonly (string Label, string InfoKey)[] Headers =
    [
        ("CacheControl:", "b2-cache-control"),
        ("Expires:", "b2-expires"),
        ("ContentDisposition:", "b2-content-disposition"),
        ("ContentLanguage:", "b2-content-language"),
        ("ContentEncoding:", "b2-content-encoding"),
    ];

    internal sealed record Arguments(B2Uri Uri, string LocalFile, DownloadOptions Options);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket/name, or b2id://version");
        var localFile = new Argument<string>("localFileName")
        {
            Description = "The file to write, a directory to put it in, or - for standard output",
        };
        var flags = new DownloadFlags();
        var command = new Verb(
            "download",
            "Download a file, which appears only when it is whole and proven",
            "b2 file download b2://my-photos/2026/cat.jpg cat.jpg",
            "b2 file download b2://my-photos/folder.tar - | tar x"
        )
        {
            uri,
            localFile,
        };
        flags.AddTo(command);
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
                RunAsync(run, new(uri.ReadFile(line), line.GetRequiredValue(localFile), flags.Read(run, line)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var api = account.Api;
        if (arguments.LocalFile == StandardOutput)
        {
            var streamed = await Cat.PrintAsync(run, api, arguments.Uri, arguments.Options, cancellationToken);
            Describe(streamed, "standard output").ForEach(run.Say);
            return;
        }

        var fileId = arguments.Uri.FileId;
        var bucket = fileId is null ? await api.GetBucketByNameAsync(arguments.Uri.BucketName!, cancellationToken) : null;
        var name = arguments.Uri.Path;
        var target = arguments.LocalFile;
        if (Directory.Exists(target))
        {
            name = fileId is null ? name : (await api.GetFileInfoByIdAsync(fileId, cancellationToken)).FileName;
            target = LocalTarget.Within(target, name);
        }
        var downloaded = await TransferDisplay.RunAsync(
            run,
            fileId ?? name,
            progress =>
            {
                var options = arguments.Options with { Progress = progress };
                return fileId is null
                    ? bucket!.DownloadToFileAsync(name, target, options, cancellationToken)
                    : api.DownloadToFileByIdAsync(fileId, target, options, cancellationToken);
            }
        );
        if (run.IsJson)
        {
            run.PrintJson(json => FileJson.Write(json, downloaded.File));
            return;
        }
        foreach (var line in Describe(downloaded, Path.GetFullPath(target)))
        {
            run.Print(line);
        }

        List<string> Describe(DownloadedFile download, string output)
        {
            var file = download.File;
            var lines = new List<string>
            {
                Line("File name:", run.Name(file.FileName)),
                Line("File id:", file.FileId),
                Line("Output file path:", run.Name(output)),
                Line("File size:", file.SizeInBytes.ToString(CultureInfo.InvariantCulture)),
                Line("Content type:", file.ContentType ?? ""),
                Line("Content sha1:", file.ContentSha1 ?? "none"),
                Line("Encryption:", ShowEncryption(file)),
                Line("Retention:", ShowRetention(file.FileRetention)),
                Line("Legal hold:", ShowLegalHold(file.LegalHold)),
            };
            lines.AddRange(
                Headers
                    .Where(header => file.FileInfo.ContainsKey(header.InfoKey))
                    .Select(header => Line(header.Label, NameText.Escape(file.FileInfo[header.InfoKey])))
            );
            lines.AddRange(
                file.FileInfo.Where(entry => !Headers.Any(header => header.InfoKey == entry.Key))
                    .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => Line($"INFO {entry.Key}:", NameText.Escape(entry.Value)))
            );
            if (download.Verification != ContentVerification.None)
            {
                lines.Add("Checksum matches");
            }
            lines.Add("Download finished");
            return lines;
        }
    }

    private static string Line(string label, string value) => $"{label, -20} {value}";

    private static string ShowEncryption(FileVersion file) =>
        file.ServerSideEncryption is { Mode: { } mode, Algorithm: var algorithm }
            ? $"mode={mode}, algorithm={algorithm}{(file.EncryptionKeyId is { } key ? $", key_id={NameText.Escape(key)}" : "")}"
            : "none";

    private static string ShowRetention(Restricted<FileRetention>? retention) =>
        retention switch
        {
            { IsClientAuthorizedToRead: false } => "<unauthorized to read>",
            { Value: { Mode: { } mode, RetainUntilTimestamp: { } until } } =>
                $"mode={mode}, retainUntil={until.UtcDateTime.ToString(until.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss'+00:00'" : "yyyy-MM-dd HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture)}",
            _ => "none",
        };

    private static string ShowLegalHold(Restricted<LegalHold?>? hold) =>
        hold switch
        {
            { IsClientAuthorizedToRead: false } => "<unauthorized to read>",
            { Value: { } value } => value.ToString(),
            _ => "<unset>",
        };
}
