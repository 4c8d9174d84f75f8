using System.CommandLine;

namespace B2Sdk.Cli.Commands.Accounts;

/// <summary>Programs get the key and the token that they asked for; on a terminal, where others look on, only who insists does.</summary>
internal static class ShowSecretsOption
{
    public static Option<bool> Make() =>
        new("--show-secrets") { Description = "Print the key and the token on a terminal, too (pipes and --json get them anyway)" };
}
