using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands;

/// <summary><c>b2 version</c></summary>
internal static class Version
{
    public static Command Create(CliContext context)
    {
        var isShort = new Option<bool>("--short") { Description = "Print the number alone" };
        var command = new Verb("version", "Print the version of this tool", "b2 version --short") { isShort };
        Invocation.SetAction(
            command,
            context,
            (run, line, _) =>
            {
                Print(run, line.GetValue(isShort));
                return Task.CompletedTask;
            }
        );
        return command;
    }

    public static void Print(Invocation run, bool isShort)
    {
        run.PrintText(
            isShort ? CommandLine.Version : $"b2 command line tool, version {CommandLine.Version}",
            json =>
            {
                json.WriteStartObject();
                json.WriteString("version", CommandLine.Version);
                json.WriteEndObject();
            }
        );
    }
}
