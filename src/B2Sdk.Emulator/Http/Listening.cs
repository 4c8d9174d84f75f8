using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace B2Sdk.Emulator.Http;

/// <summary>Where an emulator listens, and with which certificate.</summary>
internal sealed class Listening : IDisposable
{
    private const string LocalName = "localhost";
    private readonly B2EmulatorOptions _options;
    private readonly X509Certificate2? _certificate;
    private readonly X509Certificate2Collection _others;

    private Listening(
        B2EmulatorOptions options,
        X509Certificate2? certificate = null,
        X509Certificate2Collection? others = null,
        string? authorityFile = null
    )
    {
        _options = options;
        _certificate = certificate;
        _others = others ?? [];
        AuthorityFile = authorityFile;
    }

    /// <summary>The file with what clients must trust; null when nothing was made for them.</summary>
    public string? AuthorityFile { get; }

    public static void Validate(B2EmulatorOptions options)
    {
        if (FindAddress(options.Host) is not { } address)
        {
            throw new ArgumentException(
                $"The host is '{options.Host}'; it is an IP address, such as {B2EmulatorOptions.DefaultHost} or 0.0.0.0, or localhost.",
                nameof(options)
            );
        }
        if (!IPAddress.IsLoopback(address) && options.ControlToken is null)
        {
            throw new ArgumentException(
                $"Other machines reach the host {options.Host}: set a control token, so that not everybody there can reset the emulator.",
                nameof(options)
            );
        }
        if (!IPAddress.IsLoopback(address) && options.ApplicationKey == B2EmulatorOptions.DefaultApplicationKey)
        {
            throw new ArgumentException(
                $"Other machines reach the host {options.Host}: set an application key of your own, as the default one is published.",
                nameof(options)
            );
        }
        if (options.Tls is not { } tls)
        {
            return;
        }
        if (tls.Port is < 0 or > 65_535)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"The port for https is {tls.Port}; it is 0 to 65535.");
        }
        if (tls.Port != 0 && tls.Port == options.Port)
        {
            throw new ArgumentException($"The port {tls.Port} cannot be for both http and https.", nameof(options));
        }
        if ((tls.CertificateFile is null) != (tls.KeyFile is null))
        {
            throw new ArgumentException("A certificate needs its key, and a key its certificate.", nameof(options));
        }
        if (tls.CertificateFile is not null && tls.AuthorityFile is not null)
        {
            throw new ArgumentException("No authority is made for a certificate that is given.", nameof(options));
        }
    }

    /// <summary>Gets the certificate ready.</summary>
    /// <param name="options">How it is to be.</param>
    /// <param name="folder">Where the authority's certificate is written when nothing else is said.</param>
    /// <param name="time">From when on a certificate is good.</param>
    public static Listening Create(B2EmulatorOptions options, string folder, TimeProvider time)
    {
        if (options.Tls is not { } tls)
        {
            return new(options);
        }
        if (tls.CertificateFile is { } file)
        {
            var (given, others) = Certificates.Read(file, tls.KeyFile!);
            return new(options, given, others);
        }
        var (made, authority) = Certificates.Make(Names(options), time.GetUtcNow());
        var path = Path.GetFullPath(tls.AuthorityFile ?? Path.Combine(folder, "ca.pem"));
        try
        {
            File.WriteAllText(path, authority);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            made.Dispose();
            throw new EmulatorStartException($"The authority's certificate cannot be written to '{path}': {e.Message}", e);
        }
        return new(options, made, authorityFile: path);
    }

    public void ApplyTo(KestrelServerOptions kestrel)
    {
        var address = FindAddress(_options.Host)!;
        kestrel.Listen(address, _options.Port);
        if (_certificate is null)
        {
            return;
        }
        var authentication = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(_certificate, _others, offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        };
        kestrel.Listen(
            address,
            _options.Tls!.Port,
            listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => new TlsLayer(next, authentication).OnConnectionAsync);
            }
        );
    }

    /// <summary>Tells where clients of this machine find it, from the addresses at which it listens.</summary>
    public (Uri Url, Uri? TlsUrl) FindUrls(IEnumerable<string> addresses)
    {
        var urls = addresses.Select(address => new UriBuilder(address)).ToList();
        foreach (var url in urls)
        {
            // To listen everywhere is no place to go.
            url.Host = url.Host switch
            {
                "0.0.0.0" => "127.0.0.1",
                "[::]" => "[::1]",
                var host => host,
            };
        }
        if (urls.Count == 1)
        {
            return (urls[0].Uri, null);
        }
        var tls = new UriBuilder(urls[1].Uri) { Scheme = Uri.UriSchemeHttps };
        // A certificate that was given is seldom one for an address.
        if (IPAddress.IsLoopback(IPAddress.Parse(tls.Host)) && !IsFor(tls.Uri.DnsSafeHost) && IsFor(LocalName))
        {
            tls.Host = LocalName;
        }
        return (urls[0].Uri, tls.Uri);
    }

    public void Dispose() => _certificate?.Dispose();

    private bool IsFor(string host) => _certificate!.MatchesHostname(host);

    private static IPAddress? FindAddress(string host) =>
        host == LocalName ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : null;

    // Whatever clients of this machine, of its containers or behind its proxy may call it.
    private static IEnumerable<string> Names(B2EmulatorOptions options)
    {
        string?[] names =
        [
            LocalName,
            "127.0.0.1",
            "::1",
            "host.docker.internal",
            Environment.MachineName,
            options.Host,
            options.PublicUrl?.DnsSafeHost,
        ];
        return names.OfType<string>().Where(name => Uri.CheckHostName(name) != UriHostNameType.Unknown && name is not ("0.0.0.0" or "::"));
    }
}
