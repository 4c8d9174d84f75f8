using System.CommandLine;

namespace B2Sdk.Cli.Commands.Buckets.Notifications;

/// <summary>What a rule tells of, and to whom.</summary>
internal sealed class RuleFlags
{
    private readonly Option<string[]> _eventTypes = new("--event-type")
    {
        Description = "What to tell of, such as b2:ObjectCreated:*; may be repeated",
        HelpName = "TYPE",
    };

    private readonly Option<string?> _url = new("--webhook-url") { Description = "Where to post it", HelpName = "URL" };

    private readonly Option<string?> _secret = new("--sign-secret")
    {
        Description = "What to sign it with: exactly 32 letters and digits",
        HelpName = "SECRET",
    };

    private readonly Option<string[]> _headers = new("--custom-header")
    {
        Description = "A header to add; may be repeated",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<bool> _enable = new("--enable") { Description = "The rule works, as it does when it is new" };
    private readonly Option<bool> _disable = new("--disable") { Description = "The rule rests" };

    public RuleFlags(bool isNew)
    {
        _eventTypes.Required = isNew;
        _url.Required = isNew;
        _eventTypes.CompletionSources.Add([.. NotificationEventType.All.Select(type => type.Value)]);
        _eventTypes.Validators.Add(result =>
        {
            // A slip of the pen would be a rule that never tells of anything.
            var unknown = result.Tokens.FirstOrDefault(token => !NotificationEventType.All.Contains(new(token.Value)));
            if (unknown is not null)
            {
                result.AddError(
                    $"{_eventTypes.Name}: '{unknown.Value}' is not one of {string.Join(", ", NotificationEventType.All.Select(type => type.Value))}."
                );
            }
        });
        _secret.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var secret }] && (secret.Length != 32 || !secret.All(char.IsAsciiLetterOrDigit)))
            {
                result.AddError($"{_secret.Name} has {secret.Length} characters; it is exactly 32 letters and digits.");
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_eventTypes);
        command.Add(_url);
        command.Add(_secret);
        command.Add(_headers);
        command.Add(_enable);
        command.Add(_disable);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_enable) && result.GetValue(_disable))
            {
                result.AddError("Give --enable or --disable, not both.");
            }
        });
    }

    /// <summary>A new rule of all that was given.</summary>
    public NotificationRule Make(ParseResult line, string name, string prefix) =>
        Change(
            line,
            new()
            {
                Name = name,
                EventTypes = [],
                TargetConfiguration = new() { Url = ReadUrl(line.GetValue(_url) ?? "") },
            },
            prefix
        );

    /// <summary>The rule with what was given in place of what it had.</summary>
    public NotificationRule Change(ParseResult line, NotificationRule rule, string prefix) =>
        rule with
        {
            EventTypes = line.GetValue(_eventTypes) is { Length: > 0 } types
                ? [.. types.Select(type => new NotificationEventType(type))]
                : rule.EventTypes,
            IsEnabled = line.GetValue(_enable) || (rule.IsEnabled && !line.GetValue(_disable)),
            ObjectNamePrefix = prefix.Length > 0 ? prefix : rule.ObjectNamePrefix,
            TargetConfiguration = rule.TargetConfiguration with
            {
                Url = line.GetValue(_url) is { } url ? ReadUrl(url) : rule.TargetConfiguration.Url,
                HmacSha256SigningSecret = line.GetValue(_secret) is { } secret
                    ? new Secret(secret)
                    : rule.TargetConfiguration.HmacSha256SigningSecret,
                CustomHeaders = line.GetValue(_headers) is { Length: > 0 } headers
                    ? [.. headers.Select(ReadHeader)]
                    : rule.TargetConfiguration.CustomHeaders,
            },
        };

    private Uri ReadUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? url
            : throw new MisuseException($"{_url.Name}: '{text}' is not a whole URL, such as https://example.com/hook.");

    private NotificationHeader ReadHeader(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(text[..equals], text[(equals + 1)..])
            : throw new MisuseException($"{_headers.Name}: '{text}' is not NAME=VALUE.");
    }
}
