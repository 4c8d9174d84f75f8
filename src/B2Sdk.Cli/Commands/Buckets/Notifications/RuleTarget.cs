using System.CommandLine;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Buckets.Notifications;

/// <summary>The bucket of a rule, with what its files start with.</summary>
internal sealed record RuleTarget(string BucketName, string Prefix)
{
    public static UriArgument Argument() => new("b2://bucket, or b2://bucket/prefix for files whose names start so");

    public static Argument<string> NameArgument() => new("ruleName") { Description = "The rule's name" };

    public static RuleTarget Read(ParseResult line, UriArgument argument) =>
        argument.Read(line) is { BucketName: { Length: > 0 } name } uri
            ? new(name, uri.Path)
            : throw new MisuseException($"'{line.GetRequiredValue(argument)}' names no bucket.");

    public override string ToString() => $"{B2Uri.FileScheme}{BucketName}/{NameText.Escape(Prefix)}";

    /// <summary>Changes the rules of the bucket, all of which are set at once, and returns the one of that name.</summary>
    public async Task<NotificationRule> ChangeAsync(
        B2Api api,
        string ruleName,
        Func<NotificationRule, NotificationRule> change,
        CancellationToken cancellationToken
    )
    {
        var bucket = await api.GetBucketByNameAsync(BucketName, cancellationToken);
        var rules = await bucket.GetNotificationRulesAsync(cancellationToken);
        Require(rules, ruleName);
        var changed = await bucket.SetNotificationRulesAsync(
            [.. rules.Select(rule => rule.Name == ruleName ? change(rule) : rule)],
            cancellationToken
        );
        return changed.First(rule => rule.Name == ruleName);
    }

    /// <summary>Says which rules there are when there is none of that name.</summary>
    public void Require(IReadOnlyList<NotificationRule> rules, string ruleName)
    {
        if (!rules.Any(rule => rule.Name == ruleName))
        {
            var others = rules.Count == 0 ? "It has none." : $"It has {string.Join(", ", rules.Select(rule => $"'{rule.Name}'"))}.";
            throw new CommandException($"The bucket '{BucketName}' has no rule '{ruleName}'. {others} Nothing was changed.");
        }
    }
}
