using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary><c>b2 file unhide</c></summary>
internal static class Unhide
{
    internal sealed record Arguments(B2Uri Uri, bool BypassesGovernance);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket/name, or b2id://version for the file that the version is of");
        var bypass = new Option<bool>("--bypass-governance") { Description = "Go past a retention in governance mode, if the key may" };
        var command = new Verb(
            "unhide",
            "Show a hidden file again, and print the hide marker that was deleted",
            "b2 file unhide b2://my-photos/2026/cat.jpg"
        )
        {
            uri,
            bypass,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, new(uri.ReadFile(line), line.GetValue(bypass)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var (bucket, name) = await FindAsync(account.Api, arguments.Uri, cancellationToken);
        var marker = await bucket.ListFileVersionsAsync(name, pageSize: 1, cancellationToken).FirstOrDefaultAsync(cancellationToken);
        await bucket.UnhideFileAsync(name, arguments.BypassesGovernance, cancellationToken);
        run.PrintJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("action", "delete");
            json.WriteString("fileId", marker?.FileId);
            json.WriteString("fileName", name);
            json.WriteEndObject();
        });
    }

    private static async Task<(Bucket Bucket, string Name)> FindAsync(B2Api api, B2Uri uri, CancellationToken cancellationToken)
    {
        if (uri.FileId is null)
        {
            return (await api.GetBucketByNameAsync(uri.BucketName!, cancellationToken), uri.Path);
        }
        var version = await api.GetFileInfoByIdAsync(uri.FileId, cancellationToken);
        return (await api.GetBucketByIdAsync(version.BucketId!, cancellationToken), version.FileName);
    }
}
