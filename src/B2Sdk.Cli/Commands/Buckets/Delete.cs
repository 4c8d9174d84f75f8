using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary><c>b2 bucket delete</c></summary>
internal static class Delete
{
    internal sealed record Arguments(string BucketName);

    public static Command Create(CliContext context)
    {
        var bucketName = new BucketArgument("The bucket, which must be empty of all versions");
        var command = new Verb("delete", "Delete an empty bucket", "b2 bucket delete my-photos") { bucketName };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, new(bucketName.Read(line)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.BucketName, cancellationToken);
        try
        {
            await account.Api.DeleteBucketAsync(bucket, cancellationToken);
            run.PrintDone();
        }
        catch (B2Exception e) when (e.Code == B2ErrorCode.CannotDeleteNonEmptyBucket)
        {
            throw new CommandException(
                $"The bucket '{bucket.Name}' is not empty. Its versions and hide markers ('b2 ls --recursive --versions b2://{bucket.Name}') and its unfinished large files ('b2 file large unfinished list b2://{bucket.Name}') must go first.",
                ExitCodes.Conflict,
                e
            );
        }
    }
}
