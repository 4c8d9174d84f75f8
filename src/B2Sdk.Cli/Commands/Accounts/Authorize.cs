using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.Accounts;

/// <summary><c>b2 account authorize</c></summary>
internal static class Authorize
{
    internal sealed record Arguments(string? KeyId, string? Key, string? Realm, bool ShowSecrets);

    public static Command Create(CliContext context)
    {
        var keyId = new Argument<string?>("applicationKeyId")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = $"The key's id; else {OpenAccount.KeyIdVariable}, else you are asked",
        };
        var key = new Argument<string?>("applicationKey")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = $"The key itself; else {OpenAccount.KeyVariable}, else you are asked, which keeps it out of the shell's history",
        };
        var dev = new Option<bool>("--dev") { Hidden = true };
        var staging = new Option<bool>("--staging") { Hidden = true };
        var showSecrets = ShowSecretsOption.Make();
        var command = new Verb(
            "authorize",
            "Check a key with B2 and keep it for later commands",
            "b2 account authorize",
            "b2 account authorize --environment emulator"
        )
        {
            keyId,
            key,
            dev,
            staging,
            showSecrets,
        };
        command.Validators.Add(result =>
        {
            var asked = new[] { result.GetValue(dev), result.GetValue(staging), result.GetResult(GlobalOptions.Environment) is { } };
            if (asked.Count(isAsked => isAsked) > 1)
            {
                result.AddError("Give one of --environment, --dev and --staging.");
            }
        });
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
                RunAsync(
                    run,
                    new(
                        line.GetValue(keyId),
                        line.GetValue(key),
                        line.GetValue(dev) ? "dev"
                            : line.GetValue(staging) ? "staging"
                            : null,
                        line.GetValue(showSecrets)
                    ),
                    cancellationToken
                )
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        var context = run.Context;
        var asked = arguments.Realm ?? Realm.Asked(run);
        var keyId =
            arguments.KeyId ?? context.Variable(OpenAccount.KeyIdVariable) ?? await AskAsync("Application key id: ", isHidden: false);
        var key = arguments.Key ?? context.Variable(OpenAccount.KeyVariable) ?? await AskAsync("Application key: ", isHidden: true);

        using var store = OpenAccount.Store(run);
        await using var api = OpenAccount.MakeApi(run, store);
        if (asked is not null)
        {
            run.Say($"Using {asked}");
        }
        var authorization = await api.AuthorizeAccountAsync(asked ?? Realm.Default, keyId, key, cancellationToken);
        foreach (var gone in authorization.Allowed.Buckets?.Where(bucket => bucket.Name is null) ?? [])
        {
            run.Warn($"The key is restricted to the bucket {gone.Id}, which is not there any more.");
        }
        Get.Print(run, authorization, store.FileName, arguments.ShowSecrets);

        async Task<string> AskAsync(string question, bool isHidden)
        {
            if (!context.Terminal.IsInput || !context.Terminal.IsError)
            {
                throw new CommandException(
                    $"A key is needed, and there is no terminal to ask at: give it as arguments, or set {OpenAccount.KeyIdVariable} and {OpenAccount.KeyVariable}."
                );
            }
            var answer = await context.Terminal.AskAsync(context.Error, question, isHidden, cancellationToken);
            return answer?.Trim() is { Length: > 0 } given ? given : throw new CommandException("No key was given. Nothing was done.");
        }
    }
}
