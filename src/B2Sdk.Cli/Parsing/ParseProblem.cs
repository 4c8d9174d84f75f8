using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace B2Sdk.Cli.Parsing;

/// <summary>What is wrong with a line that the parser has read.</summary>
internal static class ParseProblem
{
    /// <summary>The first thing that is wrong; null when the line makes sense.</summary>
    public static string? Find(ParseResult line)
    {
        // Help and the like answer whatever else is said.
        if (line.Action is not ParseErrorAction && line.Action != line.CommandResult.Command.Action)
        {
            return null;
        }
        var unknown = line.UnmatchedTokens.Count > 0 ? line.UnmatchedTokens[0] : MistakenOption(line);
        return unknown is not null ? $"'{unknown}' is not known here."
            : line.Errors.Count > 0 ? Explain(line.Errors[0])
            : null;
    }

    /// <summary>The words of the line that lead to the command: <c>b2 bucket create</c>.</summary>
    public static string PathOf(ParseResult line)
    {
        var path = new List<string>();
        for (SymbolResult? result = line.CommandResult; result is not null; result = result.Parent)
        {
            if (result is CommandResult command)
            {
                path.Insert(0, command.Command is RootCommand ? "b2" : command.Command.Name);
            }
        }
        return string.Join(' ', path);
    }

    // The parser takes an option that it does not know for an argument, so that a slip of the pen would become the name of a file.
    private static string? MistakenOption(ParseResult line)
    {
        var meant = line.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).ToHashSet(ReferenceEqualityComparer.Instance);
        return line
            .CommandResult.Command.Arguments.SelectMany(argument => line.GetResult(argument)?.Tokens ?? [])
            .FirstOrDefault(token => token.Value.Length > 1 && token.Value[0] == '-' && !meant.Contains(token))
            ?.Value;
    }

    private static string Explain(ParseError error) =>
        error.SymbolResult switch
        {
            CommandResult { Command.Subcommands.Count: > 0 } => "A command is missing.",
            ArgumentResult { Tokens.Count: 0, Parent: CommandResult } argument => $"{argument.Argument.Name} is missing.",
            OptionResult { IdentifierToken: null } option => $"{option.Option.Name} is missing.",
            OptionResult { Tokens.Count: 0 } option => $"{option.Option.Name} needs a value.",
            _ => error.Message,
        };
}
