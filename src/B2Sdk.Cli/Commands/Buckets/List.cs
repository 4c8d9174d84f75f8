using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary><c>b2 bucket list</c></summary>
internal static class List
{
    public static Command Create(CliContext context)
    {
        var command = new Verb("list", "List the buckets that the key may see", "b2 bucket list");
        Invocation.SetAction(command, context, (run, _, cancellationToken) => RunAsync(run, cancellationToken));
        return command;
    }

    public static async Task RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var buckets = await account.Api.ListBucketsAsync(cancellationToken);
        if (run.IsJson)
        {
            run.PrintJsonArray(buckets, static (json, bucket) => BucketJson.Write(json, bucket));
            return;
        }
        foreach (var bucket in buckets)
        {
            run.Print($"{bucket.Id}  {bucket.Type, -10}  {run.Name(bucket.Name)}");
        }
    }
}
