using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using B2Sdk.Cli.Output;

namespace B2Sdk.Cli;

/// <summary>One run of a command: its surroundings and the options that all commands share.</summary>
internal sealed class Invocation : IDisposable
{
    private readonly bool _escapesNames;
    private readonly bool _isJsonLines;
    private readonly Lazy<StandardErrorLog?> _log;
    private Action<string> _say;

    public Invocation(CliContext context, ParseResult line)
    {
        Context = context;
        IsQuiet = line.GetValue<bool>(GlobalOptions.Quiet);
        _isJsonLines = line.GetValue<bool>(GlobalOptions.JsonLines);
        IsJson = _isJsonLines || line.GetValue<bool>(GlobalOptions.Json);
        IsVerbose = line.GetValue<bool>(GlobalOptions.Verbose);
        LogFile = line.GetValue<string?>(GlobalOptions.LogFile);
        HasDebugLog = line.GetValue<bool>(GlobalOptions.DebugLogs);
        Profile = line.GetValue<string?>(GlobalOptions.Profile);
        Environment = line.GetValue<string?>(GlobalOptions.Environment);
        Progress =
            IsQuiet || line.GetValue<bool>(GlobalOptions.NoProgress)
                ? ProgressMode.None
                : ProgressModes.Parse(line.GetValue<string?>(GlobalOptions.Progress));
        _escapesNames =
            line.GetValue<bool>(GlobalOptions.Escape)
            || (
                !line.GetValue<bool>(GlobalOptions.NoEscape)
                && context.Variable("B2_ESCAPE_CONTROL_CHARACTERS")?.ToUpperInvariant() switch
                {
                    "1" or "TRUE" or "YES" or "ON" => true,
                    "0" or "FALSE" or "NO" or "OFF" => false,
                    _ => context.Terminal.IsOutput,
                }
            );
        _log = new(() => Cli.LogFile.Open(this));
        _say = text => context.Error.WriteLine(text);
    }

    public CliContext Context { get; }

    public bool IsQuiet { get; }

    public bool IsJson { get; }

    public bool IsVerbose { get; }

    /// <summary>Where to write a log to; null for nowhere.</summary>
    public string? LogFile { get; }

    /// <summary>True to write a log to the usual place.</summary>
    public bool HasDebugLog { get; }

    /// <summary>The log of what is done for this run; null when nobody wants one.</summary>
    public StandardErrorLog? Log => _log.Value;

    public string? Profile { get; }

    /// <summary>The service that was asked for on the line; null when none was.</summary>
    public string? Environment { get; }

    public ProgressMode Progress { get; }

    /// <summary>Runs a verb with its own surroundings.</summary>
    public static void SetAction(Command command, CliContext context, Func<Invocation, ParseResult, CancellationToken, Task> run) =>
        command.SetAction(
            async (line, cancellationToken) =>
            {
                using var invocation = new Invocation(context, line);
                if (line.GetValue<string?>(GlobalOptions.LogConfig) is not null)
                {
                    invocation.Warn(
                        $"{GlobalOptions.LogConfig} is for the logging of Python, and does nothing here. {GlobalOptions.LogFile} writes a log."
                    );
                }
                await run(invocation, line, cancellationToken);
                return ExitCodes.Success;
            }
        );

    public void Dispose()
    {
        if (_log.IsValueCreated)
        {
            _log.Value?.Dispose();
        }
    }

    /// <summary>A name as it is printed: raw for programs, quoted and harmless on a terminal.</summary>
    public string Name(string name) => _escapesNames ? NameText.Quote(name) : name;

    /// <summary>Prints a line of a result.</summary>
    public void Print(string line)
    {
        if (!IsQuiet)
        {
            Context.Out.WriteLine(line);
            ShowAtOnce();
        }
    }

    /// <summary>Prints a result as a line or, where it is wanted, as JSON.</summary>
    public void PrintText(string line, Action<Utf8JsonWriter> write)
    {
        if (IsJson)
        {
            PrintJson(write);
        }
        else
        {
            Print(line);
        }
    }

    /// <summary>Prints results as one array, or with --jsonl each on a line of its own, as soon as each comes.</summary>
    public async Task PrintJsonArrayAsync<T>(IAsyncEnumerable<T> results, Action<Utf8JsonWriter, T> write)
    {
        var isFirst = true;
        await foreach (var result in results)
        {
            if (_isJsonLines)
            {
                PrintJson(json => write(json, result));
                continue;
            }
            // Like the Python tool, which prints each result as it would print it alone.
            await Context.Out.WriteAsync($"{(isFirst ? "[\n" : ",")}{JsonText.Render(json => write(json, result))}\n");
            isFirst = false;
        }
        if (!_isJsonLines)
        {
            await Context.Out.WriteAsync(isFirst ? "[]\n" : "]\n");
        }
    }

    /// <summary>Prints results that are all there as one array.</summary>
    public void PrintJsonArray<T>(IEnumerable<T> results, Action<Utf8JsonWriter, T> write)
    {
        if (!_isJsonLines)
        {
            PrintJson(json =>
            {
                json.WriteStartArray();
                foreach (var result in results)
                {
                    write(json, result);
                }
                json.WriteEndArray();
            });
            return;
        }
        foreach (var result in results)
        {
            PrintJson(json => write(json, result));
        }
    }

    /// <summary>Prints a result as JSON, which is never held back.</summary>
    public void PrintJson(Action<Utf8JsonWriter> write, bool isOnOneLine = false)
    {
        Context.Out.WriteLine(JsonText.Render(write, isOnOneLine || _isJsonLines));
        ShowAtOnce();
    }

    /// <summary>Prints the result of what has none: nothing, or with --json an empty object, as readers of JSON expect a value.</summary>
    public void PrintDone()
    {
        if (IsJson)
        {
            PrintJson(
                json =>
                {
                    json.WriteStartObject();
                    json.WriteEndObject();
                },
                isOnOneLine: true
            );
        }
    }

    /// <summary>Says something about the work on standard error.</summary>
    public void Say(string text)
    {
        if (!IsQuiet)
        {
            _say(NameText.Escape(text));
        }
    }

    /// <summary>Warns on standard error, even when quiet.</summary>
    public void Warn(string text) => _say(NameText.Escape($"WARNING: {text}"));

    public void SayRetry(RetryNotice notice)
    {
        // What is tried again at once is nobody's concern.
        if (notice.Delay >= TimeSpan.FromSeconds(1) || IsVerbose)
        {
            var cause = notice.Cause.Message.TrimEnd('.');
            Say(string.Create(CultureInfo.InvariantCulture, $"{cause}. Trying again in {notice.Delay.TotalSeconds:0.#} s."));
        }
    }

    /// <summary>Lets somebody else show what is said for as long as the result lives: whoever draws a bar must draw around it.</summary>
    public IDisposable SayThrough(Action<string> say)
    {
        var before = _say;
        _say = say;
        return new Restoring(() => _say = before);
    }

    // A person reads along; a program waits for the end of a page.
    private void ShowAtOnce()
    {
        if (Context.Terminal.IsOutput)
        {
            Context.Out.Flush();
        }
    }

    private sealed class Restoring(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}
