using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using B2Sdk.Cli.Commands;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.OldNames;

namespace B2Sdk.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CliContext context)
    {
        var root = new RootCommand("Backblaze B2 at the command line.")
        {
            Noun(
                "account",
                "Who you are at B2",
                Commands.Accounts.Authorize.Create(context),
                Commands.Accounts.Get.Create(context),
                Commands.Accounts.Clear.Create(context)
            ),
            Noun(
                "bucket",
                "Buckets of the account",
                Commands.Buckets.List.Create(context),
                Commands.Buckets.Get.Create(context),
                Commands.Buckets.Create.CreateCommand(context),
                Commands.Buckets.Update.Create(context),
                Commands.Buckets.Delete.Create(context),
                Commands.Buckets.GetDownloadAuth.Create(context),
                Noun(
                    "notification-rule",
                    "What B2 tells web services of",
                    Commands.Buckets.Notifications.List.Create(context),
                    Commands.Buckets.Notifications.Create.CreateCommand(context),
                    Commands.Buckets.Notifications.Update.Create(context),
                    Commands.Buckets.Notifications.Switch.Create(context, isEnabled: true),
                    Commands.Buckets.Notifications.Switch.Create(context, isEnabled: false),
                    Commands.Buckets.Notifications.Delete.Create(context)
                )
            ),
            Noun(
                "file",
                "Files in buckets",
                Commands.Files.Info.Create(context),
                Commands.Files.Url.Create(context),
                Commands.Files.Cat.Create(context),
                Commands.Files.Upload.Create(context),
                Commands.Files.Download.Create(context),
                Commands.Files.Hide.Create(context),
                Commands.Files.Unhide.Create(context),
                Commands.Files.Update.Create(context),
                Noun(
                    "large",
                    "Large files, which travel in parts",
                    Commands.Files.Large.Parts.Create(context),
                    Noun(
                        "unfinished",
                        "Large files that were begun and are not finished",
                        Commands.Files.Large.ListUnfinished.Create(context),
                        Commands.Files.Large.CancelUnfinished.Create(context)
                    )
                )
            ),
            Noun(
                "key",
                "Keys of the account",
                Commands.Keys.List.Create(context),
                Commands.Keys.Create.CreateCommand(context),
                Commands.Keys.Delete.Create(context)
            ),
            Ls.Create(context),
            Commands.Emulator.Create(context),
            Commands.Version.Create(context),
            License.Create(context),
            Commands.Completion.Create(context),
            InstallAutocomplete.Create(context),
            Complete.Create(context),
        };
        OldCommand.AddAllTo(root);
        GlobalOptions.AddTo(root);
        KeepToTheUsual(root, context);
        return root;
    }

    private static Command Noun(string name, string description, params ReadOnlySpan<Command> verbs)
    {
        var noun = new Command(name, description);
        foreach (var verb in verbs)
        {
            noun.Add(verb);
        }
        return noun;
    }

    // The parser's own help also answers to /h and -?, which are names of files; and words in brackets are directives to it.
    private static void KeepToTheUsual(RootCommand root, CliContext context)
    {
        foreach (var option in root.Options.Where(option => option is HelpOption or VersionOption).ToList())
        {
            root.Options.Remove(option);
        }
        var help = new HelpOption("--help", "-h");
        help.Action = new ExampledHelp((HelpAction)help.Action!, context.Terminal);
        root.Add(help);
        root.Add(
            new Option<bool>("--help-all")
            {
                Description = "Show help with old names and with options that are seldom wanted, too",
                Action = new WholeHelp(help.Action),
            }
        );
        root.Add(new VersionOption("--version") { Action = new VersionAction(context) });
        root.Directives.Clear();
    }

    private sealed class VersionAction(CliContext context) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            using var run = new Invocation(context, parseResult);
            Commands.Version.Print(run, isShort: false);
            return ExitCodes.Success;
        }
    }
}
