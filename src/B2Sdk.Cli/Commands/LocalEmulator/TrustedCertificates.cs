using System.Text;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>Has clients trust an emulator's https besides whatever they trust anyway, so that they still reach other hosts.</summary>
internal static class TrustedCertificates
{
    // Each of them takes the place of what its readers trust, but for Node's, which is added to it.
    private static readonly string[] Variables =
    [
        "SSL_CERT_FILE", // OpenSSL, and so b2, curl, Python and Ruby; Go
        "REQUESTS_CA_BUNDLE", // requests, and so b2sdk
        "CURL_CA_BUNDLE",
        "NODE_EXTRA_CA_CERTS",
        "RCLONE_CA_CERT",
    ];

    // Where Debian, Fedora, SUSE, and both Alpine and macOS keep what everybody trusts.
    private static readonly string[] SystemFiles =
    [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ];

    /// <summary>Writes a file with all that is to be trusted, and returns the variables that name it to clients.</summary>
    /// <param name="path">The file that is made.</param>
    /// <param name="authority">A file in PEM with what is trusted in addition.</param>
    /// <param name="variable">The environment, which may name what clients trust already.</param>
    public static IEnumerable<(string Name, string Value)> Write(string path, string authority, Func<string, string?> variable)
    {
        var named = Variables.Select(variable).OfType<string>().Where(File.Exists);
        var everybodys = SystemFiles.Where(File.Exists).Take(1);
        using (var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            foreach (var file in named.Concat(everybodys).Append(authority).Distinct(StringComparer.Ordinal))
            {
                writer.WriteLine(File.ReadAllText(file));
            }
        }
        return Variables.Select(name => (name, path));
    }
}
