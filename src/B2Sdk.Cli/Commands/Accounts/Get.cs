using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;

namespace B2Sdk.Cli.Commands.Accounts;

/// <summary><c>b2 account get</c></summary>
internal static class Get
{
    internal sealed record Arguments(bool ShowSecrets);

    public static Command Create(CliContext context)
    {
        var showSecrets = ShowSecretsOption.Make();
        var command = new Verb("get", "Print which account is used, and what its key may do", "b2 account get") { showSecrets };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, new(line.GetValue(showSecrets)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        Print(run, await account.Api.GetAuthorizationAsync(cancellationToken), account.FileName, arguments.ShowSecrets);
    }

    public static void Print(Invocation run, AccountAuthorization authorization, string? fileName, bool showSecrets)
    {
        var isMasked = run.Context.Terminal.IsOutput && !run.IsJson && !showSecrets;
        run.PrintJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("accountAuthToken", Show(authorization.AuthorizationToken));
            json.WriteString("accountFilePath", fileName);
            json.WriteString("accountId", authorization.AccountId);
            json.WriteStartObject("allowed");
            if (authorization.Allowed.Buckets is { } buckets)
            {
                json.WriteStartArray("buckets");
                foreach (var bucket in buckets)
                {
                    json.WriteStartObject();
                    json.WriteString("id", bucket.Id);
                    json.WriteString("name", bucket.Name);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            else
            {
                json.WriteNull("buckets");
            }
            json.WriteWords("capabilities", authorization.Allowed.Capabilities.Select(word => word.Value).Order(StringComparer.Ordinal));
            json.WriteString("namePrefix", authorization.Allowed.NamePrefix);
            json.WriteEndObject();
            json.WriteString("apiUrl", authorization.ApiUrl.OriginalString);
            json.WriteString("applicationKey", Show(authorization.ApplicationKey));
            json.WriteString("applicationKeyId", authorization.ApplicationKeyId);
            json.WriteString("downloadUrl", authorization.DownloadUrl.OriginalString);
            json.WriteBoolean("isMasterKey", authorization.IsMasterKey);
            json.WriteString("s3endpoint", authorization.S3ApiUrl?.OriginalString);
            json.WriteEndObject();
        });

        string Show(Secret secret) => isMasked ? secret.ToString() : secret.Reveal();
    }
}
