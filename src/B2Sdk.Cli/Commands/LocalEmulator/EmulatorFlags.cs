using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using B2Sdk.Cli.Commands.RunningEmulator;
using B2Sdk.Cli.Parsing;
using B2Sdk.Emulator;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>How an emulator is to be, wherever one is started.</summary>
internal sealed class EmulatorFlags
{
    private const int LastPort = 65_535;
    private readonly Option<string> _host;
    private readonly Option<int> _port;
    private readonly Option<string?> _data;
    private readonly Option<string?> _durability;
    private readonly Option<bool> _sparse;
    private readonly Option<string[]> _seed;
    private readonly Option<string> _keyId;
    private readonly Option<string?> _key;
    private readonly Option<string?> _minimum;
    private readonly Option<string?> _recommended;
    private readonly Option<string?> _publicUrl;
    private readonly Option<bool> _tls;
    private readonly Option<int> _tlsPort;
    private readonly Option<string?> _tlsAuthority;
    private readonly Option<string?> _tlsCertificate;
    private readonly Option<string?> _tlsKey;
    private readonly Option<string[]> _peers;
    private readonly Option<string?> _replicationDelay;
    private readonly Option<string[]> _lenient;
    private readonly Option<string[]> _faults;
    private readonly Option<string?> _clock;
    private readonly Option<bool> _frozen;
    private readonly Option<string?> _storageCap;
    private readonly Option<string?> _downloadCap;
    private readonly Option<string[]> _transactionCaps;
    private readonly Option<bool> _logRequests;
    private readonly Option<string?> _controlToken;

    /// <param name="port">The port when none is given; 0 for any.</param>
    /// <param name="tlsPort">The same for https.</param>
    public EmulatorFlags(int port, int tlsPort)
    {
        _host = new("--host")
        {
            Description = "The address to listen at; one that other machines reach needs a control token",
            HelpName = "ADDRESS",
            DefaultValueFactory = static _ => B2EmulatorOptions.DefaultHost,
        };
        _port = WholeNumber.Option("--port", "The port; 0 for any that is free", 0, LastPort, port);
        _data = Text("--data", "DIR", "Keep everything in this folder; else it is forgotten at the end");
        _durability = Text(
                "--durability",
                "WHAT",
                "What a write outlives with --data: the power (full) or only the process (relaxed, faster) [default: full]"
            )
            .AcceptOnly("full", "relaxed");
        _sparse = new("--sparse") { Description = "Keep only length and digests of contents above 4,096 bytes" };
        _seed = Texts(
            "--seed",
            "WHAT",
            "What is there from the start: a folder, a description in JSON, or 'hostile' for names that hurt; may be given several times"
        );
        _keyId = new("--key-id")
        {
            Description = "The id of the key that clients use",
            HelpName = "ID",
            DefaultValueFactory = static _ => B2EmulatorOptions.DefaultApplicationKeyId,
        };
        _key = Text(
            "--key",
            "KEY",
            $"The key itself [default: {B2EmulatorOptions.DefaultApplicationKey}; where other machines reach it, one is made and printed]"
        );
        _minimum = Text("--min-part-size", "BYTES", "The smallest part of a large file [default: 5MB]");
        _recommended = Text("--recommended-part-size", "BYTES", "The part size that clients are told to use [default: 100MB]");
        _publicUrl = Text("--public-url", "URL", "What URLs in answers begin with [default: what clients call it]");
        _tls = new("--tls") { Description = "Serve https too, with a certificate by an authority that is made for this start alone" };
        _tlsPort = WholeNumber.Option("--tls-port", "The port for https; 0 for any that is free", 0, LastPort, tlsPort);
        _tlsAuthority = Text("--tls-ca", "FILE", "Where the certificate of that authority is written [default: a file that is printed]");
        _tlsCertificate = Text("--tls-cert", "FILE", "Serve https too, with this certificate in PEM");
        _tlsKey = Text("--tls-key", "FILE", "The key of --tls-cert in PEM");
        _peers = Texts(
            "--replicate-to",
            "URL",
            "Another emulator, to which files are replicated whose destination bucket is not here; may be given several times"
        );
        _peers.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !IsHttp(token.Value)))
            {
                result.AddError($"--replicate-to is the URL of an emulator, such as http://127.0.0.1:8183, and not '{token.Value}'.");
            }
        });
        _replicationDelay = Text(
            "--replication-delay",
            "TIME",
            "How long files wait for their replication, by the emulator's clock, such as 5s or 1h [default: not at all]"
        );
        _lenient = Texts("--lenient", "RULE", "A rule of B2 that is not kept; can be given several times. docs/emulator.md lists them");
        _faults = Texts(
            "--fault",
            "JSON",
            "Something that goes wrong on purpose, as in 'b2 emulator faults add'; may be given several times. docs/emulator.md lists its members"
        );
        _clock = Text("--clock", "MOMENT", "What its clock shows at the start, 2030-01-01T00:00:00Z for instance [default: the time]");
        _frozen = new("--freeze-clock") { Description = "Let its clock stand still until it is moved" };
        _storageCap = Text("--cap-storage", "BYTES", "How much each account may store; more is refused as by B2 [default: any number]");
        _downloadCap = Text("--cap-download", "BYTES", "How much of each account may be downloaded in a day [default: any number]");
        _transactionCaps = Texts(
            CapFlags.Transactions,
            "CLASS=N",
            "How many transactions of class B or C each account may make in a day, C=2500 for instance; may be given for both [default: any number]"
        );
        _logRequests = new("--log-requests") { Description = "Write a line for each call to standard error" };
        _controlToken = Text(
            "--control-token",
            "TOKEN",
            $"What the control API must be called with [default: {EmulatorOptions.TokenVariable}]"
        );
    }

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _host,
            _port,
            _data,
            _durability,
            _sparse,
            _seed,
            _keyId,
            _key,
            _minimum,
            _recommended,
            _publicUrl,
            _tls,
            _tlsPort,
            _tlsAuthority,
            _tlsCertificate,
            _tlsKey,
            _peers,
            _replicationDelay,
            _lenient,
            _faults,
            _clock,
            _frozen,
            _storageCap,
            _downloadCap,
            _transactionCaps,
            _logRequests,
            _controlToken,
        ];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    public B2EmulatorOptions Read(Invocation run, ParseResult line)
    {
        var defaults = new B2EmulatorOptions();
        var host = line.GetRequiredValue(_host);
        var (classB, classC) = CapFlags.ReadTransactions(line.GetValue(_transactionCaps) ?? []);
        return defaults with
        {
            Host = host,
            Port = line.GetValue(_port),
            DataDirectory = line.GetValue(_data),
            Durability = line.GetValue(_durability) == "relaxed" ? EmulatorDurability.Relaxed : EmulatorDurability.Full,
            IsSparse = line.GetValue(_sparse),
            Seed = line.GetValue(_seed) ?? [],
            ApplicationKeyId = line.GetRequiredValue(_keyId),
            ApplicationKey = line.GetValue(_key) ?? (IsLocal(host) ? defaults.ApplicationKey : NewKey()),
            MinimumPartSize = line.GetValue(_minimum) is { } least ? ByteSize.Parse(least, _minimum.Name) : defaults.MinimumPartSize,
            RecommendedPartSize = line.GetValue(_recommended) is { } usual
                ? ByteSize.Parse(usual, _recommended.Name)
                : defaults.RecommendedPartSize,
            PublicUrl = ReadPublicUrl(line),
            Tls = ReadTls(line),
            ReplicateTo = [.. (line.GetValue(_peers) ?? []).Select(url => new Uri(url))],
            ReplicationDelay = line.GetValue(_replicationDelay) is { } delay
                ? Duration.Parse(delay, _replicationDelay.Name)
                : defaults.ReplicationDelay,
            Lenient = line.GetValue(_lenient) ?? [],
            ControlToken =
                line.GetValue(_controlToken)
                ?? run.Context.Variable(EmulatorOptions.TokenVariable)
                // Nobody on the network is let in by default; whoever started it reads the token and the key that it prints.
                ?? (IsLocal(host) ? null : RandomNumberGenerator.GetHexString(32, lowercase: true)),
            Faults = [.. (line.GetValue(_faults) ?? []).Select(Fault.Parse)],
            ClockStart = line.GetValue(_clock) is { } start ? Moment.Parse(start, _clock.Name) : null,
            IsClockFrozen = line.GetValue(_frozen),
            StorageCap = line.GetValue(_storageCap) is { } cap ? ByteSize.Parse(cap, _storageCap.Name) : null,
            DownloadCap = line.GetValue(_downloadCap) is { } downloads ? ByteSize.Parse(downloads, _downloadCap.Name) : null,
            ClassBCap = classB,
            ClassCCap = classC,
            LoggerFactory = new StandardErrorLog(
                run,
                leastUnlessVerbose: line.GetValue(_logRequests) ? LogLevel.Information : LogLevel.Warning
            ),
        };
    }

    private static string NewKey() => "K000" + RandomNumberGenerator.GetHexString(27, lowercase: true);

    private static bool IsLocal(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private Uri? ReadPublicUrl(ParseResult line) =>
        line.GetValue(_publicUrl) is not { } text ? null
        : IsHttp(text) ? new Uri(text)
        : throw new MisuseException($"{_publicUrl.Name}: '{text}' is not an http or https URL.");

    private EmulatorTls? ReadTls(ParseResult line)
    {
        var certificate = line.GetValue(_tlsCertificate);
        var key = line.GetValue(_tlsKey);
        if ((certificate is null) != (key is null))
        {
            throw new MisuseException($"{_tlsCertificate.Name} and {_tlsKey.Name} go together.");
        }
        if (!line.GetValue(_tls) && certificate is null)
        {
            return line.GetValue(_tlsAuthority) is null ? null : throw new MisuseException($"{_tlsAuthority.Name} needs {_tls.Name}.");
        }
        return new()
        {
            Port = line.GetValue(_tlsPort),
            CertificateFile = certificate,
            KeyFile = key,
            AuthorityFile = line.GetValue(_tlsAuthority),
        };
    }

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    private static Option<string[]> Texts(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    private static bool IsHttp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
