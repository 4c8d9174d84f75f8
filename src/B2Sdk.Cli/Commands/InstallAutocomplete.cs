using System.CommandLine;
using B2Sdk.Cli.Completion;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands;

/// <summary><c>b2 install-autocomplete</c></summary>
internal static class InstallAutocomplete
{
    private const string Note = "# Completion of b2";

    internal sealed record Arguments(string? Shell);

    public static Command Create(CliContext context)
    {
        var shell = new Option<string?>("--shell")
        {
            Description = "bash, zsh, fish or pwsh; else the one in SHELL",
            HelpName = "SHELL",
        }.AcceptOnly([.. CompletionScripts.Shells]);
        var command = new Verb(
            "install-autocomplete",
            "Make a shell complete b2 from its next start on, by a line in its start-up file",
            "b2 install-autocomplete --shell bash"
        )
        {
            shell,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, new(line.GetValue(shell)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        var shell = arguments.Shell ?? Path.GetFileName(run.Context.Variable("SHELL") ?? "");
        var home = run.Context.Variable(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME");
        if (!CompletionScripts.Shells.Contains(shell, StringComparer.Ordinal))
        {
            throw new MisuseException(
                $"'{shell}' is not a shell that b2 knows; name one with --shell: {string.Join(", ", CompletionScripts.Shells)}."
            );
        }
        if (home is null)
        {
            throw new CommandException("There is no home folder to write to. Print the script with 'b2 completion' instead.");
        }
        var config = run.Context.Variable("XDG_CONFIG_HOME") ?? Path.Combine(home, ".config");
        var (file, line) = shell switch
        {
            "bash" => (Path.Combine(home, ".bashrc"), "source <(b2 completion bash)"),
            "zsh" => (
                Path.Combine(run.Context.Variable("ZDOTDIR") ?? home, ".zshrc"),
                "autoload -Uz compinit && compinit && source <(b2 completion zsh)"
            ),
            "fish" => (Path.Combine(config, "fish", "conf.d", "b2.fish"), "b2 completion fish | source"),
            _ => (
                OperatingSystem.IsWindows()
                    ? Path.Combine(home, "Documents", "PowerShell", "Microsoft.PowerShell_profile.ps1")
                    : Path.Combine(config, "powershell", "Microsoft.PowerShell_profile.ps1"),
                "b2 completion pwsh | Out-String | Invoke-Expression"
            ),
        };

        var before = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : null;
        if (before?.Split('\n').Any(present => present.TrimEnd('\r') == line) == true)
        {
            Print(run, shell, file, isChanged: false, $"{file} has what it needs already.");
            return;
        }
        if (before is not null)
        {
            File.Copy(file, file + ".before-b2", overwrite: true);
        }
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var gap =
            before is null or "" ? ""
            : before.EndsWith('\n') ? "\n"
            : "\n\n";
        await File.AppendAllTextAsync(file, $"{gap}{Note}\n{line}\n", cancellationToken);
        var copy = before is null ? "" : $"; what it was is in {file}.before-b2";
        Print(run, shell, file, isChanged: true, $"Added a line to {file}{copy}.\nStart the shell anew to complete b2 with the Tab key.");
    }

    private static void Print(Invocation run, string shell, string file, bool isChanged, string text) =>
        run.PrintText(
            text,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("file", file);
                json.WriteBoolean("isChanged", isChanged);
                json.WriteString("shell", shell);
                json.WriteEndObject();
            }
        );
}
