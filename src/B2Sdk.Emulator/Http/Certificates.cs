using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace B2Sdk.Emulator.Http;

/// <summary>Certificates for https: read, or made for this start alone.</summary>
internal static class Certificates
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    // Clocks of containers and hosts differ.
    private static readonly TimeSpan Before = TimeSpan.FromDays(1);

    /// <summary>Makes an authority and a certificate by it for some names, and returns it with the authority's certificate in PEM.</summary>
    public static (X509Certificate2 Certificate, string AuthorityPem) Make(IEnumerable<string> names, DateTimeOffset now)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=B2 emulator authority for one start", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        authorityRequest.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        authorityRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, critical: false));
        using var authority = authorityRequest.CreateSelfSigned(now - Before, now + Life);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        request.CertificateExtensions.Add(Names(names));
        using var bare = request.Create(authority, now - Before, now + Life - Before, RandomNumberGenerator.GetBytes(16));
        using var whole = bare.CopyWithPrivateKey(key);
        return (Usable(whole), authority.ExportCertificatePem());
    }

    /// <summary>Reads a certificate, those behind it, and its key.</summary>
    /// <exception cref="EmulatorStartException">A file is not there, or not what it should be.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Others) Read(string certificateFile, string keyFile)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            var others = new X509Certificate2Collection();
            others.ImportFromPemFile(certificateFile);
            others.RemoveAt(0);
            return (Usable(certificate), others);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new EmulatorStartException(
                $"The certificate '{certificateFile}' with the key '{keyFile}' cannot be used: {e.Message} Both are files in PEM, and the key is not encrypted.",
                e
            );
        }
    }

    // The TLS of Windows wants a key that was stored once.
    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);

    private static X509Extension Names(IEnumerable<string> names)
    {
        var all = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                all.AddIpAddress(address);
            }
            else
            {
                all.AddDnsName(name);
            }
        }
        return all.Build();
    }
}
