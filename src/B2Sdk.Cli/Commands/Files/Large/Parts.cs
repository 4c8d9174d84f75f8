using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files.Large;

/// <summary><c>b2 file large parts</c></summary>
internal static class Parts
{
    internal sealed record Arguments(string FileId);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2id://version of an unfinished large file");
        var command = new Verb(
            "parts",
            "List the parts of a large file that is not finished",
            "b2 file large parts b2id://4_z27c88f1d182b150646ff0b16_f200ec353a2184825_d20260131_m120000_c001_v0001000_t0000"
        )
        {
            uri,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
                uri.Read(line).FileId is { } fileId
                    ? RunAsync(run, new(fileId), cancellationToken)
                    : throw new MisuseException($"'{line.GetRequiredValue(uri)}' is no b2id:// URI.")
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var parts = account.Api.ListPartsAsync(arguments.FileId, cancellationToken: cancellationToken);
        if (run.IsJson)
        {
            await run.PrintJsonArrayAsync(parts, Write);
            return;
        }
        await foreach (var part in parts)
        {
            run.Print(string.Create(CultureInfo.InvariantCulture, $"{part.PartNumber, 5}  {part.SizeInBytes, 9}  {part.ContentSha1}"));
        }
    }

    private static void Write(Utf8JsonWriter json, LargeFilePart part)
    {
        json.WriteStartObject();
        json.WriteNumber("contentLength", part.SizeInBytes);
        json.WriteString("contentMd5", part.ContentMd5);
        json.WriteString("contentSha1", part.ContentSha1);
        json.WriteString("fileId", part.FileId);
        json.WriteNumber("partNumber", part.PartNumber);
        FileJson.WriteEncryption(json, "serverSideEncryption", part.ServerSideEncryption);
        json.WriteNumberOrNull("uploadTimestamp", part.UploadTimestamp?.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }
}
