using System.CommandLine;
using B2Sdk.Cli.OldNames;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;
using B2Sdk.Cli.Streams;

namespace B2Sdk.Cli;

/// <summary>Turns a command line into a run, and whatever comes of it into an exit code and one line on standard error.</summary>
internal static class CommandLine
{
    public static string Version { get; } = typeof(CommandLine).Assembly.GetName().Version?.ToString(3) ?? "";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliContext context)
    {
        var isDebug = arguments.Contains(GlobalOptions.Debug);
        var isJson = arguments.Contains(GlobalOptions.Json) || arguments.Contains(GlobalOptions.JsonLines);
        try
        {
            var code = await ParseAndRunAsync(arguments, context);
            await context.Out.FlushAsync();
            return code;
        }
        catch (ClosedPipeException)
        {
            return ExitCodes.Success;
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            Report(context, "Interrupted.");
            return context.StopCode;
        }
        catch (Exception e)
        {
            FlushWhatIsThere(context);
            if (isDebug)
            {
                Report(context, e.ToString(), escape: false);
            }
            var (code, message) = Failure.Explain(e);
            Report(context, isJson ? ErrorJson.Render(e, message) : $"ERROR: {message}");
            return code == ExitCodes.Failure && IsDetailed(arguments, context) ? Failure.DetailedCode(e) : code;
        }
    }

    // A failure may be one to read the line, so that the parser is not asked.
    private static bool IsDetailed(IReadOnlyList<string> arguments, CliContext context) =>
        arguments.Contains(GlobalOptions.DetailedExitCodes) || context.IsOn("B2_DETAILED_EXIT_CODES");

    private static async Task<int> ParseAndRunAsync(IReadOnlyList<string> arguments, CliContext context)
    {
        var root = CommandTree.Build(context);
        // A name may begin with '@', which is not to be read as a file of arguments.
        var line = root.Parse(WithHyphens(root, arguments), new() { ResponseFileTokenReplacer = null });
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = context.Out,
            Error = context.Error,
        };
        if (ParseProblem.Find(line) is { } problem)
        {
            var command = line.CommandResult.Command;
            if (command is { Action: null, Subcommands.Count: > 0 } && line.UnmatchedTokens.Count == 0)
            {
                await root.Parse([.. arguments, "--help"]).InvokeAsync(configuration, context.Stopping);
            }
            throw new MisuseException($"{problem} Try '{ParseProblem.PathOf(line)} --help'.");
        }
        if (line.CommandResult.Command is OldCommand old && line.Action == old.Action)
        {
            Report(context, $"WARNING: {old.Warning}");
            return await ParseAndRunAsync(old.Translate(line), context);
        }
        return await line.InvokeAsync(configuration, context.Stopping);
    }

    /// <summary>The Python tool knows each command with hyphens by underscores, too.</summary>
    private static string[] WithHyphens(Command command, IReadOnlyList<string> arguments)
    {
        var words = arguments.ToArray();
        for (var index = 0; index < words.Length && command.Subcommands.Count > 0; index++)
        {
            var hyphenated = words[index].Replace('_', '-');
            if (command.Subcommands.FirstOrDefault(child => child.Name == hyphenated) is { } child)
            {
                words[index] = hyphenated;
                command = child;
            }
        }
        return words;
    }

    // What was found before it failed is still true.
    private static void FlushWhatIsThere(CliContext context)
    {
        try
        {
            context.Out.Flush();
        }
        catch (IOException)
        {
            // The failure that is being reported is the first one.
        }
    }

    private static void Report(CliContext context, string text, bool escape = true)
    {
        try
        {
            context.Error.WriteLine(escape ? NameText.Escape(text) : text);
        }
        catch (IOException)
        {
            // There is nobody left to tell; the exit code still says it.
        }
    }
}
