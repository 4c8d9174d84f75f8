using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.Buckets.Notifications;

/// <summary><c>b2 bucket notification-rule create</c></summary>
internal static class Create
{
    internal sealed record Arguments(RuleTarget Target, NotificationRule Rule);

    public static Command CreateCommand(CliContext context)
    {
        var uri = RuleTarget.Argument();
        var name = RuleTarget.NameArgument();
        var flags = new RuleFlags(isNew: true);
        var command = new Verb(
            "create",
            "Let B2 tell a web service of events in a bucket",
            "b2 bucket notification-rule create b2://my-photos/2026/ new-photos --event-type 'b2:ObjectCreated:*' --webhook-url https://example.com/hook"
        )
        {
            uri,
            name,
        };
        flags.AddTo(command);
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
            {
                var target = RuleTarget.Read(line, uri);
                return RunAsync(run, new(target, flags.Make(line, line.GetRequiredValue(name), target.Prefix)), cancellationToken);
            }
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.Target.BucketName, cancellationToken);
        var rules = await bucket.GetNotificationRulesAsync(cancellationToken);
        if (rules.Any(rule => rule.Name == arguments.Rule.Name))
        {
            throw new CommandException($"The bucket '{bucket.Name}' has a rule '{arguments.Rule.Name}' already. Nothing was changed.");
        }
        var changed = await bucket.SetNotificationRulesAsync([.. rules, arguments.Rule], cancellationToken);
        RuleOutput.Print(run, changed.First(rule => rule.Name == arguments.Rule.Name));
    }
}
