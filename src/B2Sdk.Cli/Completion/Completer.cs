using System.CommandLine;
using System.CommandLine.Completions;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Completion;

/// <summary>How a line that is being typed can go on.</summary>
/// <param name="root">All commands.</param>
/// <param name="remote">Buckets and files, asked for only where they are wanted.</param>
internal sealed class Completer(Command root, RemoteNames remote)
{
    /// <summary>What the last word can become.</summary>
    /// <param name="words">The line after <c>b2</c>. The last word is the one under the cursor, empty when it has not begun.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<string>> CompleteAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var current = words.Count > 0 ? words[^1] : "";
        var (command, position, pending, onlyArguments) = Walk(words);
        if (pending is not null)
        {
            return Matching(await ValuesAsync(pending, cancellationToken), current);
        }
        if (!onlyArguments && current.StartsWith('-'))
        {
            var equals = current.IndexOf('=', StringComparison.Ordinal);
            return equals < 0 ? Matching(OptionsOf(command).Where(option => !option.Hidden).Select(option => option.Name), current)
                : FindOption(command, current[..equals]) is { } given
                    ? Matching((await ValuesAsync(given, cancellationToken)).Select(value => $"{given.Name}={value}"), current)
                : [];
        }
        var subcommands = command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name);
        var argument = command.Arguments.ElementAtOrDefault(position);
        return argument switch
        {
            _ when command.Subcommands.Count > 0 && position == 0 => Matching(subcommands, current),
            BucketArgument => Matching(await remote.FindBucketsAsync(cancellationToken), current),
            KeyIdArgument => Matching(await remote.FindKeyIdsAsync(cancellationToken), current),
            UriArgument => await CompleteUriAsync(current, cancellationToken),
            CapabilitiesArgument => CompleteCapabilities(current),
            null => [],
            _ => Matching(Values(argument), current),
        };
    }

    private (Command Command, int Position, Option? Pending, bool OnlyArguments) Walk(IReadOnlyList<string> words)
    {
        var (command, position, onlyArguments) = (root, 0, false);
        Option? pending = null;
        foreach (var word in words.SkipLast(1))
        {
            if (pending is not null)
            {
                pending = null;
            }
            else if (!onlyArguments && word == "--")
            {
                onlyArguments = true;
            }
            else if (!onlyArguments && word.Length > 1 && word[0] == '-')
            {
                pending = FindOption(command, word) is { } option && option.ValueType != typeof(bool) ? option : null;
            }
            else if (position == 0 && command.Subcommands.FirstOrDefault(child => child.Name == word) is { } child)
            {
                command = child;
            }
            else
            {
                position++;
            }
        }
        return (command, position, pending, onlyArguments);
    }

    /// <summary>The last of the words, with those before it.</summary>
    private static IReadOnlyList<string> CompleteCapabilities(string current)
    {
        var before = current[..(current.LastIndexOf(CapabilitiesArgument.Separator) + 1)];
        var given = before.Split(CapabilitiesArgument.Separator);
        var others = Capability.All.Select(capability => capability.Value).Except(given);
        return Matching(others.Select(word => before + word), current);
    }

    private async Task<IReadOnlyList<string>> CompleteUriAsync(string current, CancellationToken cancellationToken)
    {
        if (B2Uri.FileScheme.StartsWith(current, StringComparison.OrdinalIgnoreCase) || !current.Contains('/', StringComparison.Ordinal))
        {
            return await FindBucketUrisAsync("");
        }
        if (!current.StartsWith(B2Uri.FileScheme, StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }
        var rest = current[B2Uri.FileScheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return await FindBucketUrisAsync(rest);
        }
        var names = await remote.FindFilesAsync(rest[..slash], rest[(slash + 1)..], cancellationToken);
        return [.. names.Select(name => $"{B2Uri.FileScheme}{rest[..slash]}/{name}")];

        async Task<IReadOnlyList<string>> FindBucketUrisAsync(string start) =>
            [
                .. (await remote.FindBucketsAsync(cancellationToken))
                    .Where(bucket => bucket.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                    .Select(bucket => $"{B2Uri.FileScheme}{bucket}/"),
            ];
    }

    // Global options belong to the root, and are known everywhere.
    private IEnumerable<Option> OptionsOf(Command command) =>
        command == root ? root.Options : command.Options.Concat(root.Options.Where(option => option.Recursive));

    private Option? FindOption(Command command, string name) =>
        OptionsOf(command).FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    private async Task<IEnumerable<string>> ValuesAsync(Option option, CancellationToken cancellationToken) =>
        option is BucketsOption ? await remote.FindBucketsAsync(cancellationToken) : Values(option);

    private static IEnumerable<string> Values(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(item => item.InsertText ?? item.Label);

    private static IReadOnlyList<string> Matching(IEnumerable<string> candidates, string start) =>
        [.. candidates.Where(candidate => candidate.StartsWith(start, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
