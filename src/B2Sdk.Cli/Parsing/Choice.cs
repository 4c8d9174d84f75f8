using System.CommandLine;
using System.CommandLine.Parsing;

namespace B2Sdk.Cli.Parsing;

/// <summary>Values that are one of a few words.</summary>
internal static class Choice
{
    public static void AcceptOnly(this Argument argument, params string[] words)
    {
        argument.Validators.Add(result => Check(result, name: null, words));
        argument.CompletionSources.Add(words);
    }

    public static Option<string?> AcceptOnly(this Option<string?> option, params string[] words)
    {
        option.Validators.Add(result => Check(result, option.Name, words));
        option.CompletionSources.Add(words);
        return option;
    }

    private static void Check(SymbolResult result, string? name, string[] words)
    {
        foreach (var token in result.Tokens)
        {
            if (!words.Contains(token.Value, StringComparer.Ordinal))
            {
                result.AddError($"{(name is null ? "" : name + ": ")}'{token.Value}' is not one of {string.Join(", ", words)}.");
                return;
            }
        }
    }
}
