using System.CommandLine;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary><c>b2 bucket delete</c></summary>
internal static class Delete
{
    internal sealed record Arguments(string BucketName);

    public static Command Create(CliContext context)
    {
        var bucketName = new Argument<string>("bucketName") { Description = "The bucket, which must be empty of all versions" };
        var command = new Command("delete", "Delete an empty bucket") { bucketName };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
                RunAsync(run, new(B2Uri.ParseBucketName(line.GetRequiredValue(bucketName))), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.BucketName, cancellationToken);
        await account.Api.DeleteBucketAsync(bucket, cancellationToken);
    }
}
