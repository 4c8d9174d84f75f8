using System.CommandLine;
using System.Text;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Tests;

/// <summary>docs/cli.md says what the parser knows: its reference is written from it, and the examples are lines that it takes.</summary>
public sealed class DocumentationTests : IDisposable
{
    private const string Update = "B2SDK_UPDATE_DOCS";
    private const string Beginning =
        "<!-- Written by DocumentationTests from the parser; set B2SDK_UPDATE_DOCS=1 and run them to write it anew. -->\n";

    private readonly CliContext _context = new(Stream.Null, Stream.Null, Stream.Null);

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task The_reference_is_what_the_parser_knows()
    {
        var path = Repository.PathOf("docs/cli.md");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var before = text[..(text.IndexOf(Beginning, StringComparison.Ordinal) + Beginning.Length)];

        var expected = before + WriteReference(CommandTree.Build(_context));

        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(path, expected, TestContext.Current.CancellationToken);
        }
        else
        {
            text.ShouldBe(expected, $"Run the tests with {Update}=1.");
        }
    }

    [Fact]
    public void Every_verb_has_an_example_that_the_parser_takes()
    {
        var root = CommandTree.Build(_context);

        foreach (var verb in Verbs(root).Select(found => found.Verb))
        {
            var examples = verb.ShouldBeOfType<Verb>($"{verb.Name} has no examples.").Examples;
            examples.ShouldNotBeEmpty($"{verb.Name} has no examples.");
            foreach (var example in examples)
            {
                var words = Words(example);
                ParseProblem.Find(root.Parse(words)).ShouldBeNull(example);
                root.Parse(words).CommandResult.Command.ShouldBe(verb, example);
            }
        }
    }

    [Fact]
    public void Every_symbol_that_is_shown_is_described()
    {
        var root = CommandTree.Build(_context);

        foreach (var (_, verb) in Verbs(root))
        {
            foreach (var symbol in verb.Arguments.Concat<Symbol>(verb.Options).Append(verb).Where(symbol => !symbol.Hidden))
            {
                symbol.Description.ShouldNotBeNullOrEmpty($"{verb.Name} {symbol.Name}");
            }
        }
    }

    private static string WriteReference(RootCommand root)
    {
        var text = new StringBuilder();
        WriteOptions(text, "\n## Options of every command\n\n", root.Options.Where(option => option.Recursive));
        foreach (var (path, verb) in Verbs(root))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n## {path}\n\n{verb.Description}.\n\n```sh\n");
            foreach (var example in ((Verb)verb).Examples)
            {
                text.Append(example).Append('\n');
            }
            text.Append("```\n");
            var arguments = verb.Arguments.Where(argument => !argument.Hidden).ToList();
            if (arguments.Count > 0)
            {
                text.Append("\n| argument | |\n|---|---|\n");
                foreach (var argument in arguments)
                {
                    WriteRow(
                        text,
                        argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue ? $"[{argument.Name}]" : argument.Name,
                        argument.Description
                    );
                }
            }
            WriteOptions(text, "\n", verb.Options);
        }
        return text.ToString();
    }

    private static void WriteOptions(StringBuilder text, string before, IEnumerable<Option> options)
    {
        var shown = options.Where(option => !option.Hidden).ToList();
        if (shown.Count == 0)
        {
            return;
        }
        text.Append(before).Append("| option | |\n|---|---|\n");
        foreach (var option in shown)
        {
            var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length));
            WriteRow(
                text,
                option.ValueType == typeof(bool) || option.HelpName is null ? names : $"{names} {option.HelpName}",
                option.Description
            );
        }
    }

    private static void WriteRow(StringBuilder text, string left, string? right) =>
        text.Append(
            System.Globalization.CultureInfo.InvariantCulture,
            $"| `{left}` | {right?.Replace("|", "\\|", StringComparison.Ordinal)} |\n"
        );

    // The emulator has a page of its own.
    private static IEnumerable<(string Path, Command Verb)> Verbs(Command root) =>
        root
            .Subcommands.Where(command => !command.Hidden && command.Name != "emulator")
            .SelectMany(command => Leaves(command, $"b2 {command.Name}"));

    private static IEnumerable<(string Path, Command Verb)> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0
            ? [(path, command)]
            : command.Subcommands.Where(child => !child.Hidden).SelectMany(child => Leaves(child, $"{path} {child.Name}"));

    /// <summary>The words after <c>b2</c>, as a shell would take them from an example: up to a pipe or a redirection.</summary>
    private static List<string> Words(string example)
    {
        var start = example.StartsWith("b2 ", StringComparison.Ordinal) ? 3 : FindCommand(example) + 3;
        var words = new List<string>();
        var word = new StringBuilder();
        var (isQuoted, hasWord) = (false, false);
        foreach (var character in example[start..])
        {
            if (character == '\'')
            {
                (isQuoted, hasWord) = (!isQuoted, true);
            }
            else if (!isQuoted && character is '|' or '>' or ')')
            {
                break;
            }
            else if (!isQuoted && character == ' ')
            {
                Finish();
            }
            else
            {
                word.Append(character);
                hasWord = true;
            }
        }
        Finish();
        return words;

        void Finish()
        {
            if (hasWord)
            {
                words.Add(word.ToString());
                word.Clear();
                hasWord = false;
            }
        }
    }

    private static int FindCommand(string example)
    {
        var at = Math.Max(example.IndexOf("| b2 ", StringComparison.Ordinal) + 2, example.IndexOf("(b2 ", StringComparison.Ordinal) + 1);
        at.ShouldBeGreaterThan(0, $"There is no b2 in '{example}'.");
        return at;
    }
}
