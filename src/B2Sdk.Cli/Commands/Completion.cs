using System.CommandLine;
using B2Sdk.Cli.Completion;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands;

/// <summary><c>b2 completion</c></summary>
internal static class Completion
{
    public static Command Create(CliContext context)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh", HelpName = "shell" };
        shell.AcceptOnly([.. CompletionScripts.Shells]);
        var command = new Verb(
            "completion",
            "Print the script that lets a shell complete commands, options, buckets and files",
            "source <(b2 completion bash)",
            "b2 completion fish > ~/.config/fish/completions/b2.fish",
            "b2 completion pwsh | Out-String | Invoke-Expression"
        )
        {
            shell,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, _) =>
            {
                run.Context.Out.Write(CompletionScripts.For(line.GetRequiredValue(shell)));
                return Task.CompletedTask;
            }
        );
        return command;
    }
}
