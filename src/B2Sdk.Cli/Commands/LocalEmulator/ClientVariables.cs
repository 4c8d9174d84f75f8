using B2Sdk.Emulator;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>The variables by which b2, b2sdk and rclone find an emulator, and no account that is stored.</summary>
internal static class ClientVariables
{
    public const string AccountInfo = "B2_ACCOUNT_INFO";

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

    public static string TextOf(Uri url) => url.AbsoluteUri.TrimEnd('/');
}
