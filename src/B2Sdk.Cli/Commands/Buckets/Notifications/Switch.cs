using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.Buckets.Notifications;

/// <summary><c>b2 bucket notification-rule enable</c> and <c>disable</c></summary>
internal static class Switch
{
    internal sealed record Arguments(RuleTarget Target, string RuleName, bool IsEnabled);

    public static Command Create(CliContext context, bool isEnabled)
    {
        var uri = RuleTarget.Argument();
        var name = RuleTarget.NameArgument();
        var word = isEnabled ? "enable" : "disable";
        var command = new Verb(
            word,
            isEnabled ? "Let a rule work" : "Let a rule rest",
            $"b2 bucket notification-rule {word} b2://my-photos new-photos"
        )
        {
            uri,
            name,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
                RunAsync(run, new(RuleTarget.Read(line, uri), line.GetRequiredValue(name), isEnabled), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var changed = await arguments.Target.ChangeAsync(
            account.Api,
            arguments.RuleName,
            rule => rule with { IsEnabled = arguments.IsEnabled },
            cancellationToken
        );
        RuleOutput.Print(run, changed);
    }
}
