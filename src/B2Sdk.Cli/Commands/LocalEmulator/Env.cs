using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Parsing;
using B2Sdk.Emulator;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary><c>b2 emulator env</c></summary>
internal static class Env
{
    public static Command Create(CliContext context)
    {
        var shell = new Option<string?>("--shell")
        {
            Description = "For whom: sh (bash, zsh), fish, pwsh or dotenv [default: sh]",
            HelpName = "SHELL",
        }.AcceptOnly("sh", "fish", "pwsh", "dotenv");
        var url = new Option<string?>("--url") { Description = $"Where the emulator is [default: {Realm.EmulatorUrl}]", HelpName = "URL" };
        var keyId = new Option<string?>("--key-id") { Description = "The id of its key", HelpName = "ID" };
        var key = new Option<string?>("--key") { Description = "Its key", HelpName = "KEY" };
        var command = new Verb(
            "env",
            "Print the variables by which b2, b2sdk and rclone use an emulator",
            "b2 emulator env",
            "b2 emulator env --shell fish"
        )
        {
            shell,
            url,
            keyId,
            key,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, _) =>
            {
                var text = line.GetValue(url) ?? Realm.EmulatorUrl;
                if (!Uri.TryCreate(text, UriKind.Absolute, out var where) || where.Scheme is not ("http" or "https"))
                {
                    throw new MisuseException($"{url.Name}: '{text}' is not an http or https URL.");
                }
                var variables = ClientVariables.Of(
                    where,
                    line.GetValue(keyId) ?? B2EmulatorOptions.DefaultApplicationKeyId,
                    line.GetValue(key) ?? B2EmulatorOptions.DefaultApplicationKey,
                    MakeAccountInfo(run.Context)
                );
                var all = variables.Append((RunningEmulator.EmulatorOptions.UrlVariable, ClientVariables.TextOf(where)));
                Print(run, line.GetValue(shell) ?? "sh", all);
                return Task.CompletedTask;
            }
        );
        return command;
    }

    private static void Print(Invocation run, string shell, IEnumerable<(string Name, string Value)> variables)
    {
        if (run.IsJson)
        {
            run.PrintJson(json =>
            {
                json.WriteStartObject();
                foreach (var (name, value) in variables.OrderBy(variable => variable.Name, StringComparer.Ordinal))
                {
                    json.WriteString(name, value);
                }
                json.WriteEndObject();
            });
            return;
        }
        foreach (var (name, value) in variables)
        {
            run.Print(
                shell switch
                {
                    "fish" =>
                        $"set -gx {name} '{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'",
                    "pwsh" => $"$Env:{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'",
                    "dotenv" => $"{name}={value}",
                    _ => $"export {name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'",
                }
            );
        }
    }

    // Beside the account that is stored, so that neither is taken for the other.
    private static string MakeAccountInfo(CliContext context)
    {
        var cache =
            context.Variable("XDG_CACHE_HOME")
            ?? (OperatingSystem.IsWindows() ? context.Variable("LOCALAPPDATA") : null)
            ?? Path.Combine(context.Variable("HOME") ?? context.Variable("USERPROFILE") ?? Path.GetTempPath(), ".cache");
        var folder = Path.Combine(cache, "b2-emulator");
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                $"The folder '{folder}' for what clients keep of the emulator cannot be made: {e.Message.TrimEnd('.')}. Name another with XDG_CACHE_HOME."
            );
        }
        return Path.Combine(folder, "account_info");
    }
}
