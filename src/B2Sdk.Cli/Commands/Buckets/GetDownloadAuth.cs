using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary><c>b2 bucket get-download-auth</c></summary>
internal static class GetDownloadAuth
{
    internal sealed record Arguments(string BucketName, string Prefix, TimeSpan ValidFor);

    public static Command Create(CliContext context)
    {
        var bucketName = new BucketArgument("The bucket");
        var prefix = new Option<string>("--prefix")
        {
            Description = "What the names of the files start with; else all files",
            HelpName = "PREFIX",
            DefaultValueFactory = static _ => "",
        };
        var duration = DurationOption.Make("How long the token works: seconds, or 12h, 7d at most; else a day");
        var command = new Verb(
            "get-download-auth",
            "Print a token with which others may download without a key",
            "b2 bucket get-download-auth my-photos --prefix 2026/ --duration 1h"
        )
        {
            bucketName,
            prefix,
            duration,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
                RunAsync(
                    run,
                    new(bucketName.Read(line), line.GetRequiredValue(prefix), DurationOption.Read(line, duration)),
                    cancellationToken
                )
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.BucketName, cancellationToken);
        var token = await bucket.GetDownloadAuthorizationAsync(arguments.Prefix, arguments.ValidFor, cancellationToken: cancellationToken);
        run.PrintText(
            token.AuthorizationToken.Reveal(),
            json =>
            {
                json.WriteStartObject();
                json.WriteString("authorizationToken", token.AuthorizationToken.Reveal());
                json.WriteString("bucketId", token.BucketId);
                json.WriteNumber("expirationTimestamp", token.ExpirationTimestamp.ToUnixTimeMilliseconds());
                json.WriteString("fileNamePrefix", token.FileNamePrefix);
                json.WriteEndObject();
            }
        );
    }
}
