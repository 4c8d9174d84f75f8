using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace B2Sdk.Cli.Parsing;

/// <summary>Options whose value is a whole number within limits.</summary>
internal static class WholeNumber
{
    public static Option<int> Option(string name, string description, int least, int most, int defaultValue) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result => Parse(result, name, least, most) ?? defaultValue,
        };

    public static Option<int?> OptionalOption(string name, string description, int least, int most) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => Parse(result, name, least, most),
        };

    private static int? Parse(ArgumentResult result, string name, int least, int most)
    {
        var text = result.Tokens[0].Value;
        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number >= least && number <= most)
        {
            return (int)number;
        }
        result.AddError(
            !isNumber ? $"{name}: '{text}' is not a whole number."
            : most == int.MaxValue ? $"{name} is at least {least}, not {text}."
            : $"{name} is {least} to {most}, not {text}."
        );
        return null;
    }
}
