using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.Buckets.Notifications;

/// <summary><c>b2 bucket notification-rule delete</c></summary>
internal static class Delete
{
    internal sealed record Arguments(RuleTarget Target, string RuleName);

    public static Command Create(CliContext context)
    {
        var uri = RuleTarget.Argument();
        var name = RuleTarget.NameArgument();
        var command = new Verb("delete", "Delete a rule", "b2 bucket notification-rule delete b2://my-photos new-photos") { uri, name };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, new(RuleTarget.Read(line, uri), line.GetRequiredValue(name)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.Target.BucketName, cancellationToken);
        var rules = await bucket.GetNotificationRulesAsync(cancellationToken);
        arguments.Target.Require(rules, arguments.RuleName);
        await bucket.SetNotificationRulesAsync([.. rules.Where(rule => rule.Name != arguments.RuleName)], cancellationToken);
        run.PrintText(
            $"Rule '{arguments.RuleName}' has been deleted from {arguments.Target}",
            json =>
            {
                json.WriteStartObject();
                json.WriteString("name", arguments.RuleName);
                json.WriteEndObject();
            }
        );
    }
}
