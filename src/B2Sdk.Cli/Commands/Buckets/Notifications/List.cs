using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.Buckets.Notifications;

/// <summary><c>b2 bucket notification-rule list</c></summary>
internal static class List
{
    internal sealed record Arguments(RuleTarget Target);

    public static Command Create(CliContext context)
    {
        var uri = RuleTarget.Argument();
        var command = new Verb(
            "list",
            "List the rules of a bucket, or those for names that start so",
            "b2 bucket notification-rule list b2://my-photos"
        )
        {
            uri,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, new(RuleTarget.Read(line, uri)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.Target.BucketName, cancellationToken);
        var rules = await bucket.GetNotificationRulesAsync(cancellationToken);
        RuleOutput.Print(
            run,
            [
                .. rules
                    .Where(rule => rule.ObjectNamePrefix.StartsWith(arguments.Target.Prefix, StringComparison.Ordinal))
                    .OrderBy(rule => rule.Name, StringComparer.Ordinal),
            ],
            arguments.Target.ToString()
        );
    }
}
