using System.CommandLine;
using System.CommandLine.Parsing;

namespace B2Sdk.Cli.OldNames;

/// <summary>A hidden command that takes the arguments of an old name and all options of the present command, and becomes that.</summary>
internal sealed class OldCommand : Command
{
    private readonly OldName _old;
    private readonly Argument<string[]> _arguments;

    private OldCommand(OldName old, Command present)
        : base(old.Name, $"Old name of 'b2 {string.Join(' ', old.Path)}'")
    {
        _old = old;
        var least = old.Arguments.Count(argument => argument[0] != '[');
        _arguments = new("arguments")
        {
            Arity = new(least, old.Arguments.Length),
            CustomParser = static result => [.. result.Tokens.Select(token => token.Value)],
        };
        if (old.Arguments.Length > 0)
        {
            Add(_arguments);
        }
        foreach (var option in present.Options)
        {
            Add(option);
        }
        Hidden = true;
        // Only what has an action is a command of its own; this one is translated before it would run.
        SetAction(static _ => ExitCodes.Failure);
    }

    /// <summary>Adds all old names to the tree of the present ones.</summary>
    public static void AddAllTo(RootCommand root)
    {
        var nouns = new Dictionary<string, Command>();
        foreach (var old in OldNameTable.All)
        {
            var present = old.Path.Aggregate<string, Command>(
                root,
                (command, word) => command.Subcommands.First(child => child.Name == word)
            );
            Command parent = root;
            if (old.Noun is { } name && !nouns.TryGetValue(name, out parent!))
            {
                nouns[name] = parent = new(name, "Old name of 'b2 bucket notification-rule'") { Hidden = true };
                root.Add(parent);
            }
            parent.Add(new OldCommand(old, present));
        }
    }

    public string Warning =>
        $"'{(_old.Noun is null ? "" : _old.Noun + " ")}{_old.Name}' is an old name. Use 'b2 {string.Join(' ', _old.Path)}'.";

    /// <summary>The same line with the present command.</summary>
    public string[] Translate(ParseResult line)
    {
        var given = line.GetResult(_arguments)?.Tokens ?? [];
        var taken = given.ToHashSet<object>(ReferenceEqualityComparer.Instance);
        var options = line.Tokens.Where(token => token.Type is not (TokenType.Command or TokenType.DoubleDash) && !taken.Contains(token));
        var values = given.Select(token => token.Value);
        var arguments = _old.Rewrite is null
            ? ["--", .. values]
            : _old.Rewrite([.. Enumerable.Repeat<string?>(null, _old.Arguments.Length - given.Count), .. values]);
        return [.. _old.Path, .. options.Select(token => token.Value), .. arguments];
    }
}
