using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary><c>b2 bucket create</c></summary>
internal static class Create
{
    internal sealed record Arguments(string BucketName, BucketType Type, CreateBucketOptions Options);

    public static Command CreateCommand(CliContext context)
    {
        var bucketName = new BucketArgument("6 to 63 letters, digits and hyphens, unique over all of B2");
        var bucketType = new Argument<string>("bucketType") { Description = "allPrivate, or allPublic for files that anybody may read" };
        bucketType.AcceptOnly("allPrivate", "allPublic");
        bucketType.HelpName = bucketType.Name;
        var flags = new BucketFlags();
        var command = new Verb(
            "create",
            "Create a bucket and print its id",
            "b2 bucket create my-photos allPrivate",
            """b2 bucket create my-logs allPrivate --lifecycle-rule '{"fileNamePrefix": "", "daysFromHidingToDeleting": 1}'"""
        )
        {
            bucketName,
            bucketType,
        };
        flags.AddTo(command);
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
            {
                var settings = flags.Read(run, line);
                return RunAsync(
                    run,
                    new(
                        bucketName.Read(line),
                        new(line.GetRequiredValue(bucketType)),
                        new()
                        {
                            Info = settings.Info,
                            CorsRules = settings.CorsRules,
                            LifecycleRules = settings.LifecycleRules,
                            FileLockEnabled = settings.FileLockEnabled == true,
                            ReplicationConfiguration = settings.ReplicationConfiguration,
                            DefaultServerSideEncryption = settings.DefaultServerSideEncryption,
                        }
                    ),
                    cancellationToken
                );
            }
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.CreateBucketAsync(arguments.BucketName, arguments.Type, arguments.Options, cancellationToken);
        run.PrintText(bucket.Id, json => BucketJson.Write(json, bucket));
    }
}
