using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary><c>b2 file hide</c></summary>
internal static class Hide
{
    internal sealed record Arguments(string BucketName, string FileName);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket/name");
        // The older form, a bucket and a name, still moves over from the Python tool.
        var fileName = new Argument<string?>("fileName") { Arity = ArgumentArity.ZeroOrOne, Hidden = true };
        var command = new Verb(
            "hide",
            "Hide a file, whose versions stay, and print the hide marker",
            "b2 file hide b2://my-photos/2026/cat.jpg"
        )
        {
            uri,
            fileName,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
            {
                if (line.GetValue(fileName) is { } name)
                {
                    var bucketName = B2Uri.ParseBucketName(line.GetRequiredValue(uri));
                    run.Warn($"'file hide BUCKET NAME' is an older form. Use 'b2 file hide b2://{bucketName}/{name}'.");
                    return RunAsync(run, new(bucketName, name), cancellationToken);
                }
                return uri.ReadFile(line) is { BucketName: { } bucket } target
                    ? RunAsync(run, new(bucket, target.Path), cancellationToken)
                    : throw new MisuseException("A version cannot be hidden; name the file as b2://bucket/name.");
            }
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.BucketName, cancellationToken);
        var marker = await bucket.HideFileAsync(arguments.FileName, cancellationToken);
        run.PrintJson(json => FileJson.Write(json, marker));
    }
}
