using System.CommandLine;

namespace B2Sdk.Cli.Parsing;

/// <summary><c>--duration</c> of what is made for others to download with: a day when it is not given, as with the Python tool.</summary>
internal static class DurationOption
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static Option<string?> Make(string description) => new("--duration") { Description = description, HelpName = "TIME" };

    public static TimeSpan Read(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is { } text ? Duration.Parse(text, option.Name) : Day;
}
