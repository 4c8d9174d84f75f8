using B2Sdk.Emulator;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>The variables by which b2, b2sdk and rclone find an emulator, and no account that is stored.</summary>
internal static class ClientVariables
{
    public const string AccountInfo = "B2_ACCOUNT_INFO";

    private const string ThisMachine = "127.0.0.1,localhost";

    /// <summary>All of them for an emulator.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="keyId">The key's id.</param>
    /// <param name="key">The key.</param>
    /// <param name="accountInfo">A file of its own for what clients store.</param>
    public static IEnumerable<(string Name, string Value)> Of(Uri url, string keyId, string key, string accountInfo)
    {
        var realm = TextOf(url);
        return
        [
            ("B2_APPLICATION_KEY_ID", keyId),
            ("B2_APPLICATION_KEY", key),
            ("B2_ENVIRONMENT", realm),
            (AccountInfo, accountInfo),
            ("RCLONE_CONFIG_B2_TYPE", "b2"),
            ("RCLONE_CONFIG_B2_ACCOUNT", keyId),
            ("RCLONE_CONFIG_B2_KEY", key),
            ("RCLONE_CONFIG_B2_ENDPOINT", realm),
        ];
    }

    /// <summary>All of them for an emulator that was started here: by https where it serves that, as it is then asked for.</summary>
    public static IEnumerable<(string Name, string Value)> Of(B2Emulator emulator, string accountInfo) =>
        Of(emulator.TlsUrl ?? emulator.Url, emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey, accountInfo);

    /// <summary>The variables by which clients go around a proxy to this machine; none where no proxy is named.</summary>
    /// <param name="variable">Looks up what is named.</param>
    public static IEnumerable<(string Name, string Value)> AroundProxy(Func<string, string?> variable)
    {
        string[] proxies = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
        if (!proxies.Any(name => variable(name) is not null))
        {
            return [];
        }
        var others = variable("no_proxy") ?? variable("NO_PROXY");
        var all = others is null ? ThisMachine : $"{others},{ThisMachine}";
        return [("NO_PROXY", all), ("no_proxy", all)];
    }

    public static string TextOf(Uri url) => url.AbsoluteUri.TrimEnd('/');
}
