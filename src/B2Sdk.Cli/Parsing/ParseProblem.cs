using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace B2Sdk.Cli.Parsing;

/// <summary>What is wrong with a line that the parser has read.</summary>
internal static class ParseProblem
{
    // More than two slips are another word.
    private const int MostSlips = 2;

    /// <summary>The first thing that is wrong; null when the line makes sense.</summary>
    public static string? Find(ParseResult line)
    {
        // Help and the like answer whatever else is said.
        if (line.Action is not ParseErrorAction && line.Action != line.CommandResult.Command.Action)
        {
            return null;
        }
        var unknown = line.UnmatchedTokens.Count > 0 ? line.UnmatchedTokens[0] : MistakenOption(line);
        return unknown is not null ? $"'{unknown}' is not known here{Suggest(line, unknown)}"
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

    private static string Suggest(ParseResult line, string unknown)
    {
        var command = line.CommandResult.Command;
        // The Python tool's second version was given a bucket, and a name in it.
        if (
            !unknown.StartsWith('-')
            && command.Arguments is [UriArgument uri]
            && line.GetResult(uri)?.Tokens is [{ Value: var bucket }]
            && !bucket.Contains('/', StringComparison.Ordinal)
        )
        {
            return $"; did you mean {B2Uri.FileScheme}{bucket}/{unknown}?";
        }
        var names = unknown.StartsWith('-')
            ? command.Options.Concat(line.RootCommandResult.Command.Options).Where(option => !option.Hidden).Select(option => option.Name)
            : command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name);
        var nearest = names
            .Select(name => (Name: name, Distance: EditDistance(name, unknown)))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= MostSlips ? $"; did you mean '{nearest.Name}'?" : ".";
    }

    /// <summary>How many letters are to be put in, left out or replaced to make one of the other.</summary>
    private static int EditDistance(string left, string right)
    {
        var distances = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var diagonal = distances[0];
            distances[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var above = distances[column];
                var replaced = diagonal + (left[row - 1] == right[column - 1] ? 0 : 1);
                distances[column] = Math.Min(replaced, Math.Min(above, distances[column - 1]) + 1);
                diagonal = above;
            }
        }
        return distances[^1];
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
