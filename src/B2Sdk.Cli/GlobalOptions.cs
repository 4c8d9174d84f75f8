using System.CommandLine;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli;

/// <summary>The options that every command knows, wherever they stand on the line.</summary>
internal static class GlobalOptions
{
    public const string Debug = "--debug";
    public const string DebugLogs = "--debug-logs";
    public const string DetailedExitCodes = "--detailed-exit-codes";
    public const string Environment = "--environment";
    public const string Escape = "--escape-control-characters";
    public const string Json = "--json";
    public const string JsonLines = "--jsonl";
    public const string LogConfig = "--log-config";
    public const string LogFile = "--log-file";
    public const string NoEscape = "--no-escape-control-characters";
    public const string NoProgress = "--no-progress";
    public const string Profile = "--profile";
    public const string Progress = "--progress";
    public const string Quiet = "--quiet";
    public const string Verbose = "--verbose";

    public static void AddTo(Command root)
    {
        Add(new Option<bool>(Quiet, "-q") { Description = "Say nothing but results in JSON, warnings and errors" });
        Add(new Option<bool>(Json) { Description = "Print results as JSON" });
        Add(new Option<bool>(JsonLines) { Description = "Print results as JSON, each on a line of its own" });
        Add(new Option<string?>(Profile) { Description = "Use the account stored under this name", HelpName = "NAME" });
        Add(
            new Option<string?>(Environment)
            {
                Description = "The service: production, staging, emulator, or a URL",
                HelpName = "NAME or URL",
                CompletionSources = { Realm.Names },
            }
        );
        Add(
            new Option<string?>(Progress) { Description = "Show progress: auto, bar, plain, json or none", HelpName = "MODE" }.AcceptOnly([
                .. ProgressModes.Words,
            ])
        );
        Add(new Option<bool>(NoProgress) { Description = "Show no progress" });
        Add(new Option<bool>(Verbose) { Description = "Log what is done to standard error" });
        Add(new Option<string?>(LogFile) { Description = "Log what is done to a file, at its end", HelpName = "FILE" });
        Add(new Option<bool>(DebugLogs) { Description = "Log what is done to b2/b2_cli.log in the state folder", Hidden = true });
        Add(new Option<string?>(LogConfig) { Description = "Read and forgotten: it configures the logging of Python", Hidden = true });
        Add(new Option<bool>(DetailedExitCodes) { Description = "Tell failures apart by the exit code" });
        Add(new Option<bool>(Debug) { Description = "Show where an error came from", Hidden = true });
        Add(new Option<bool>(Escape) { Description = "Make control characters in names visible", Hidden = true });
        Add(new Option<bool>(NoEscape) { Description = "Print names as they are", Hidden = true });

        void Add(Option option)
        {
            option.Recursive = true;
            root.Add(option);
        }
    }
}
