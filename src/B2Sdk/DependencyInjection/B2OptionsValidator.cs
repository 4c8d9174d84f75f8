using B2Sdk.Sessions;
using Microsoft.Extensions.Options;

namespace B2Sdk.DependencyInjection;

/// <summary>Says all that is wrong with the options of a client, by the names that the configuration uses.</summary>
internal sealed class B2OptionsValidator : IValidateOptions<B2Options>
{
    public ValidateOptionsResult Validate(string? name, B2Options options)
    {
        var of = string.IsNullOrEmpty(name) ? "B2" : $"B2 '{name}'";
        List<string> faults = [.. FaultsOf(options).Select(fault => $"{of}: {fault}")];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOf(B2Options options)
    {
        if (FaultOfRealm(options) is { } fault)
        {
            yield return fault;
        }
        var hasId = !string.IsNullOrWhiteSpace(options.ApplicationKeyId);
        var hasKey = options.ApplicationKey.Reveal().Length > 0;
        if (hasId != hasKey)
        {
            yield return hasId ? $"{nameof(B2Options.ApplicationKey)} is missing." : $"{nameof(B2Options.ApplicationKeyId)} is missing.";
        }
        else if (!hasId && options.AccountInfo is null)
        {
            yield return $"{nameof(B2Options.ApplicationKeyId)} and {nameof(B2Options.ApplicationKey)} are missing, and there is no {nameof(B2Options.AccountInfo)} that could hold an account.";
        }
        foreach (var faultOfClient in ClientOptions(options).Faults())
        {
            yield return faultOfClient;
        }
    }

    private static B2ApiOptions ClientOptions(B2Options options) =>
        new()
        {
            NoProgressTimeout = options.NoProgressTimeout,
            Retry = options.Retry,
            BucketCache = options.BucketCache,
            UserAgentAppend = options.UserAgentAppend,
        };

    private static string? FaultOfRealm(B2Options options)
    {
        try
        {
            Realms.Resolve(options.Realm, options.AllowInsecureRealm);
            return null;
        }
        catch (ArgumentException e)
        {
            return $"{nameof(B2Options.Realm)} is '{options.Realm}'. {e.Message}";
        }
    }
}
