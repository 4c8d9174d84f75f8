using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary><c>b2 bucket get</c></summary>
internal static class Get
{
    internal sealed record Arguments(string BucketName, bool ShowsSize);

    public static Command Create(CliContext context)
    {
        var bucketName = new BucketArgument("The bucket");
        var showSize = new Option<bool>("--show-size")
        {
            Description = "Count its files and their bytes over all versions, which lists the whole bucket",
        };
        var command = new Verb("get", "Print the settings of a bucket, as JSON", "b2 bucket get my-photos --show-size")
        {
            bucketName,
            showSize,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, new(bucketName.Read(line), line.GetValue(showSize)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.BucketName, cancellationToken);
        // What the cache remembers of a bucket is its name and id alone.
        bucket = await bucket.GetFreshStateAsync(cancellationToken);
        var size = arguments.ShowsSize
            ? await CountDisplay.RunAsync(run, bucket.Name, progress => CountAsync(bucket, progress, cancellationToken))
            : (BucketSize?)null;
        run.PrintJson(json => BucketJson.Write(json, bucket, size));
    }

    private static async Task<BucketSize> CountAsync(Bucket bucket, IProgress<BucketSize>? progress, CancellationToken cancellationToken)
    {
        var (count, bytes) = (0L, 0L);
        await foreach (var version in bucket.ListAsync(new() { Recursive = true, LatestOnly = false }, cancellationToken))
        {
            count++;
            bytes += version.SizeInBytes;
            progress?.Report(new(count, bytes));
        }
        return new(count, bytes);
    }
}
