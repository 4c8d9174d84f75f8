using System.CommandLine;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary>Options for what keeps a file from deletion: a retention until a time, and a legal hold until it is lifted.</summary>
internal sealed class Protection
{
    private const string NoRetention = "none";

    private readonly Option<string?> _mode;

    private readonly Option<string?> _until = new("--retain-until")
    {
        Description = "Until when: seconds or milliseconds since 1970, or a date such as 2027-01-31",
        HelpName = "TIME",
    };

    private readonly Option<string?> _hold = new Option<string?>("--legal-hold")
    {
        Description = "Keep it until the hold is lifted: on or off",
        HelpName = "STATE",
    }.AcceptOnly(LegalHold.On.Value, LegalHold.Off.Value);

    /// <summary>Makes the options.</summary>
    /// <param name="canBeTakenAway">True when <c>none</c> is a mode, too.</param>
    public Protection(bool canBeTakenAway)
    {
        string[] modes = [RetentionMode.Compliance.Value, RetentionMode.Governance.Value];
        _mode = new Option<string?>("--file-retention-mode")
        {
            Description = $"How strictly the file is kept: compliance, governance{(canBeTakenAway ? " or none" : "")}",
            HelpName = "MODE",
        }.AcceptOnly(canBeTakenAway ? [.. modes, NoRetention] : modes);
    }

    public void AddTo(Command command)
    {
        command.Add(_mode);
        command.Add(_until);
        command.Add(_hold);
        command.Validators.Add(result =>
        {
            // With none a time means nothing, and the Python tool takes it.
            if (result.GetValue(_mode) != NoRetention && result.GetValue(_mode) is null != result.GetValue(_until) is null)
            {
                result.AddError($"{_mode.Name} compliance or governance and {_until.Name} go together.");
            }
        });
    }

    /// <summary>The retention that is asked for; null when none is mentioned.</summary>
    public FileRetention? ReadRetention(ParseResult line) =>
        line.GetValue(_mode) switch
        {
            null => null,
            NoRetention => FileRetention.None,
            var mode => new() { Mode = new(mode), RetainUntilTimestamp = Moment.Parse(line.GetValue(_until)!, _until.Name) },
        };

    /// <summary>The hold that is asked for; null when none is mentioned.</summary>
    public LegalHold? ReadHold(ParseResult line) => line.GetValue(_hold) is { } state ? new(state) : null;
}
