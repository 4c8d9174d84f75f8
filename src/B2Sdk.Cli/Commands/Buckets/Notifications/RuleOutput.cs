using B2Sdk.Cli.Output;

namespace B2Sdk.Cli.Commands.Buckets.Notifications;

/// <summary>How rules are printed: for people with their secrets masked on a terminal, for programs in JSON.</summary>
internal static class RuleOutput
{
    public static void Print(Invocation run, NotificationRule rule)
    {
        if (run.IsJson)
        {
            run.PrintJson(json => Format(run).Write(json, rule));
        }
        else
        {
            run.Print(YamlText.Render(json => Format(run).Write(json, rule)));
        }
    }

    public static void Print(Invocation run, IReadOnlyList<NotificationRule> rules, string uri)
    {
        if (run.IsJson)
        {
            run.PrintJsonArray(rules, Format(run).Write);
        }
        else if (rules.Count == 0)
        {
            run.Print($"No notification rules for {uri}");
        }
        else
        {
            run.Print($"Notification rules for {uri} :");
            run.Print(YamlText.Render(json => WriteAll(json)));
        }

        void WriteAll(System.Text.Json.Utf8JsonWriter json)
        {
            json.WriteStartArray();
            foreach (var rule in rules)
            {
                Format(run).Write(json, rule);
            }
            json.WriteEndArray();
        }
    }

    private static NotificationRuleJson Format(Invocation run) => new(isMasked: run.Context.Terminal.IsOutput && !run.IsJson);
}
