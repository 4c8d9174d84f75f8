using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Keys;

/// <summary><c>b2 key delete</c></summary>
internal static class Delete
{
    internal sealed record Arguments(string KeyId);

    public static Command Create(CliContext context)
    {
        var keyId = new KeyIdArgument("The key's id");
        var command = new Verb("delete", "Delete a key, which works no longer, and print its id", "b2 key delete 0041234567890ab0000000001")
        {
            keyId,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, new(line.GetRequiredValue(keyId)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        await account.Api.DeleteKeyAsync(arguments.KeyId, cancellationToken);
        run.PrintText(
            arguments.KeyId,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("applicationKeyId", arguments.KeyId);
                json.WriteEndObject();
            }
        );
    }
}
