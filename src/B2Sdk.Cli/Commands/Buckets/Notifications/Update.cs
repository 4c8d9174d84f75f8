using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.Buckets.Notifications;

/// <summary><c>b2 bucket notification-rule update</c></summary>
internal static class Update
{
    internal sealed record Arguments(RuleTarget Target, string RuleName, Func<NotificationRule, NotificationRule> Change);

    public static Command Create(CliContext context)
    {
        var uri = RuleTarget.Argument();
        var name = RuleTarget.NameArgument();
        var flags = new RuleFlags(isNew: false);
        var command = new Verb(
            "update",
            "Change what is given of a rule, and keep the rest",
            "b2 bucket notification-rule update b2://my-photos new-photos --webhook-url https://example.com/other"
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
                return RunAsync(
                    run,
                    new(target, line.GetRequiredValue(name), rule => flags.Change(line, rule, target.Prefix)),
                    cancellationToken
                );
            }
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        RuleOutput.Print(run, await arguments.Target.ChangeAsync(account.Api, arguments.RuleName, arguments.Change, cancellationToken));
    }
}
