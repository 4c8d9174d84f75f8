namespace B2Sdk.Emulator;

/// <summary>How an emulator is reached by https, beside http.</summary>
/// <remarks>
/// With a certificate of one's own, or with one that is made at each start by an authority that is made for it and forgotten: the authority's certificate is written to a
/// file that clients are told to trust, and no private key ever is.
/// </remarks>
public sealed record EmulatorTls
{
    /// <summary>The port for https; 0 for any that is free. Default: 0.</summary>
    public int Port { get; init; }

    /// <summary>A file in PEM with the certificate, and those that it needs behind it; null to have one made. Default: null.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A file in PEM with the key of <see cref="CertificateFile"/>, not encrypted.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Where the certificate of the authority is written in PEM. Default: <c>ca.pem</c> in the data folder, or a file that is gone at the end.</summary>
    public string? AuthorityFile { get; init; }
}
