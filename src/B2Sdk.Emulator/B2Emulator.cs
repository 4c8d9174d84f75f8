using System.Net.Sockets;
using System.Text;
using B2Sdk.Emulator.Automation;
using B2Sdk.Emulator.Control;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Seeding;
using B2Sdk.Emulator.Storage;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace B2Sdk.Emulator;

/// <summary>A B2 service on this machine: the native API over HTTP, for tests and development.</summary>
/// <remarks>Thread-safe. It listens on 127.0.0.1 only, unless it is told otherwise. Any number may run in one process.</remarks>
/// <example>
/// <code>
/// await using var emulator = await B2Emulator.StartAsync();
/// // Point any B2 client at emulator.Url, with emulator.Account.ApplicationKeyId and emulator.Account.ApplicationKey.
/// </code>
/// </example>
public sealed class B2Emulator : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestReplicationDelay = TimeSpan.FromDays(3_650);
    private readonly KestrelServer _server;
    private readonly Listening _listening;
    private readonly EmulatorServices _services;
    private readonly Upkeep _upkeep;
    private int _isStopped;

    private B2Emulator(KestrelServer server, Listening listening, EmulatorServices services, Upkeep upkeep)
    {
        _listening = listening;
        _server = server;
        _services = services;
        _upkeep = upkeep;
        (Url, TlsUrl) = listening.FindUrls(server.Features.Get<IServerAddressesFeature>()!.Addresses);
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40123</c>: the realm that a client is given.</summary>
    public Uri Url { get; }

    /// <summary>Where it listens by https; null when it does not.</summary>
    public Uri? TlsUrl { get; }

    /// <summary>The file with the certificate, in PEM, that clients must trust to use <see cref="TlsUrl"/>; null when none was made.</summary>
    public string? TlsAuthorityFile => _listening.AuthorityFile;

    /// <summary>The account that it has from the start.</summary>
    public EmulatorAccount Account => _services.Control.MainAccount;

    /// <summary>The time by which it lives, which can be stopped and moved.</summary>
    public EmulatorClock Clock => _services.Clock;

    /// <summary>What goes wrong on purpose.</summary>
    public EmulatorFaults Faults => _services.Faults;

    /// <summary>What it was called for.</summary>
    public EmulatorJournal Journal => _services.Journal;

    /// <summary>How much each of its accounts may have: what the options say, until it is changed by <see cref="SetCaps"/>.</summary>
    public EmulatorCaps Caps => _services.Caps.Caps;

    /// <summary>Starts an emulator, which is ready when this returns.</summary>
    /// <param name="options">How; null for the defaults: any free port, and nothing kept.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ArgumentException">An option is not allowed.</exception>
    /// <exception cref="EmulatorStartException">The port is taken, or the folder cannot be used. The message says what to do.</exception>
    public static async Task<B2Emulator> StartAsync(B2EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        Validate(options);
        Seeder.Check(options.Seed);
        var logging = options.LoggerFactory ?? NullLoggerFactory.Instance;
        var clock = new EmulatorClock(options.TimeProvider, options.ClockStart, options.IsClockFrozen);
        var caps = new CapGuard(CapsOf(options), clock);
        var store = await Store.OpenAsync(
            new(options.DataDirectory, options.Durability, options.IsSparse, clock)
            {
                StorageCap = () => caps.Caps.Storage,
                ReplicationDelay = options.ReplicationDelay,
            }
        );
        KestrelServer? server = null;
        Listening? listening = null;
        try
        {
            var services = new EmulatorServices(options, clock, store, caps);
            services.Faults.Reset(options.Faults);
            await services.Control.OpenAsync();
            var log = logging.CreateLogger("B2Sdk.Emulator");
            var app = new EmulatorApp(services, log);
            services.Seeder = new(services, app);
            await services.Seeder.ApplyAsync(cancellationToken);
            listening = Listening.Create(options, store.Folder, clock);
            server = CreateServer(options, listening, new QuietLogging(logging));
            var upkeep = new Upkeep(options, store, clock, log);
            clock.AfterEachMove((_, cancelled) => upkeep.ApplyAsync(cancelled));
            await server.StartAsync(app, cancellationToken);
            upkeep.Start();
            return new(server, listening, services, upkeep);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            server?.Dispose();
            listening?.Dispose();
            store.Dispose();
            throw new EmulatorStartException(
                e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressNotAvailable }
                    ? $"The host is '{options.Host}', which is no address of this machine. 127.0.0.1 is reached from here alone, 0.0.0.0 from everywhere."
                    : $"The port {options.Port} of {options.Host}{(options.Tls is { } tls ? $", or the port {tls.Port} for https," : "")} cannot be used: {e.Message.TrimEnd('.')}. Choose another, or 0 for any.",
                e
            );
        }
        catch
        {
            server?.Dispose();
            listening?.Dispose();
            store.Dispose();
            throw;
        }
    }

    /// <summary>Adds an account of its own, which shares nothing with the others: one for each test, for instance.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<EmulatorAccount> CreateAccountAsync(CancellationToken cancellationToken = default) =>
        _services.Control.CreateAccountAsync().WaitAsync(cancellationToken);

    /// <summary>Makes everything as it was at the start: the account with its key, and nothing else. The clock, the faults and the seeds of the options are back; the journal is empty.</summary>
    /// <remarks>Takes a few milliseconds, however much there is. Tokens are gone, so that clients authorize again; saved snapshots stay.</remarks>
    /// <param name="cancellationToken">Ends the wait; it happens all the same.</param>
    public Task ResetAsync(CancellationToken cancellationToken = default) => _services.Control.ResetAsync().WaitAsync(cancellationToken);

    /// <summary>Adds buckets with files, keys and accounts to what is there.</summary>
    /// <remarks>
    /// docs/emulator.md tells what seeds look like. A bucket that is there already gets the files. All that can be known to be wrong is found before anything is done; what is refused
    /// all the same, as when a cap is reached, leaves what came before it. Faults do not befall it, and the journal does not tell of it. It is not there again after a reset,
    /// as <see cref="B2EmulatorOptions.Seed"/> is.
    /// </remarks>
    /// <param name="seed">The path of a folder or of a description in JSON, or <c>hostile</c>.</param>
    /// <param name="cancellationToken">Ends it between two files; what was added stays.</param>
    /// <exception cref="ArgumentException">The seed is not there, cannot be read, or says what B2 would refuse. The message tells what and where.</exception>
    public Task SeedAsync(string seed, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(seed);
        return _services.Seeder!.AddAsync(seed, cancellationToken);
    }

    /// <summary>Saves all accounts, keys, buckets and files under a name, in place of what was saved under it.</summary>
    /// <remarks>The bytes of files above 64 KiB are not copied but shared. With <see cref="B2EmulatorOptions.DataDirectory"/>, snapshots outlive the emulator.</remarks>
    /// <param name="name">1 to 64 letters, digits, hyphens, underscores and dots, the first of them no dot.</param>
    /// <param name="cancellationToken">Ends the wait; it happens all the same.</param>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public Task SaveSnapshotAsync(string name, CancellationToken cancellationToken = default) =>
        _services.Control.SaveSnapshotAsync(name).WaitAsync(cancellationToken);

    /// <summary>Puts what was saved under a name in place of everything.</summary>
    /// <remarks>Tokens are gone, so that clients authorize again. The clock stays as it is.</remarks>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the wait; it happens all the same.</param>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="KeyNotFoundException">Nothing was saved under the name.</exception>
    public Task LoadSnapshotAsync(string name, CancellationToken cancellationToken = default) =>
        _services.Control.LoadSnapshotAsync(name).WaitAsync(cancellationToken);

    /// <summary>Forgets what was saved under a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the wait; it happens all the same.</param>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="KeyNotFoundException">Nothing was saved under the name.</exception>
    public Task DeleteSnapshotAsync(string name, CancellationToken cancellationToken = default) =>
        _services.Control.DeleteSnapshotAsync(name).WaitAsync(cancellationToken);

    /// <summary>Changes how much each account may have, until a reset.</summary>
    /// <remarks>What an account stores, and has had today, counts from the beginning.</remarks>
    /// <param name="caps">All of them; what is null there has no cap.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cap is less than nothing.</exception>
    public void SetCaps(EmulatorCaps caps)
    {
        ArgumentNullException.ThrowIfNull(caps);
        _services.Caps.Caps = caps.Check(nameof(caps));
    }

    /// <summary>Has files that are replicated to buckets that this emulator does not have offered to another emulator too.</summary>
    /// <remarks>The same as <see cref="B2EmulatorOptions.ReplicateTo"/>, for an emulator whose URL was not known then. It is not remembered after a restart.</remarks>
    /// <param name="url">The other emulator's URL. User information in it is that emulator's control token.</param>
    /// <exception cref="ArgumentException">It is no http or https URL.</exception>
    public void ReplicateTo(Uri url) => _upkeep.ReplicateTo(CheckPeer(url, nameof(url)));

    /// <summary>Does at once everything that is due by the emulator's clock, and returns when it is done: lifecycle rules, replication and event notifications.</summary>
    /// <remarks>It happens by itself too, lifecycle rules once an hour. To move <see cref="Clock"/> does it too. This is for tests that move a clock of their own.</remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SettleAsync(CancellationToken cancellationToken = default) => _upkeep.ApplyAsync(cancellationToken);

    /// <summary>Stops listening, lets go of the folder, and forgets what was in memory.</summary>
    /// <param name="cancellationToken">Ends the wait for calls that are still running; they are cut off.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
        {
            return;
        }
        await _upkeep.DisposeAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StopWithin);
        await _server.StopAsync(limit.Token);
        _server.Dispose();
        _listening.Dispose();
        _services.Store.Dispose();
    }

    /// <summary>Stops the emulator.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static Uri CheckPeer(Uri url, string parameter) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new ArgumentException(
                // User information is a secret.
                $"'{(url.IsAbsoluteUri ? $"{url.Scheme}://{url.Authority}" : url)}' is not the URL of an emulator: it must begin with http:// or https://.",
                parameter
            );

    private static void Validate(B2EmulatorOptions options)
    {
        foreach (var peer in options.ReplicateTo)
        {
            CheckPeer(peer, nameof(options));
        }
        if (options.Port is < 0 or > 65_535)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"The port is {options.Port}; it is 0 to 65535.");
        }
        foreach (var fault in options.Faults)
        {
            EmulatorFaults.Check(fault);
        }
        if (options.ReplicationDelay < TimeSpan.Zero || options.ReplicationDelay > LongestReplicationDelay)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                $"The replication delay is {options.ReplicationDelay}; it is between nothing and {LongestReplicationDelay.TotalDays} days."
            );
        }
        CapsOf(options).Check(nameof(options));
        if (options.MinimumPartSize < 1 || options.RecommendedPartSize < options.MinimumPartSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                $"The minimum part size is {options.MinimumPartSize} and the recommended one {options.RecommendedPartSize} bytes; the minimum is at least 1, and the recommended one at least that."
            );
        }
        if (
            options.PublicUrl is { } url
            && (
                !url.IsAbsoluteUri
                || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
                || url.Query.Length > 0
                || url.Fragment.Length > 0
                || url.UserInfo.Length > 0
            )
        )
        {
            throw new ArgumentException(
                $"The public URL is '{url}'; it is an http or https URL, such as https://b2.example.com, without query and credentials.",
                nameof(options)
            );
        }
        Listening.Validate(options);
        if (options.ControlToken is { } token && (token.Length == 0 || token.Any(character => character is <= ' ' or > '~')))
        {
            throw new ArgumentException("The control token must be printable ASCII without blanks, and not empty.", nameof(options));
        }
        _ = new Leniency(options.Lenient);
        if (string.IsNullOrWhiteSpace(options.ApplicationKeyId) || string.IsNullOrWhiteSpace(options.ApplicationKey))
        {
            throw new ArgumentException("Neither the application key id nor the application key can be empty or blank.", nameof(options));
        }
        if (options.DataDirectory is { Length: 0 })
        {
            throw new ArgumentException("The data folder is ''; name one, or none to keep nothing.", nameof(options));
        }
        if (options.ApplicationKeyId.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The key id '{options.ApplicationKeyId}' holds a colon, which ends key ids on the wire.",
                nameof(options)
            );
        }
    }

    private static EmulatorCaps CapsOf(B2EmulatorOptions options) =>
        new()
        {
            Storage = options.StorageCap,
            Download = options.DownloadCap,
            ClassB = options.ClassBCap,
            ClassC = options.ClassCCap,
        };

    private static KestrelServer CreateServer(B2EmulatorOptions options, Listening listening, ILoggerFactory logging)
    {
        // Whoever sends a whole URL, as to a proxy, has said there whom he calls.
        var kestrel = new KestrelServerOptions { AddServerHeader = false, AllowHostHeaderOverride = true };
        kestrel.Limits.MaxRequestBodySize = null;
        // File info of 7,000 bytes may be hundreds of headers.
        kestrel.Limits.MaxRequestHeaderCount = 1000;
        // Whoever sends next to nothing for half a minute is told so.
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1, gracePeriod: options.PatienceWithBodies);
        kestrel.Limits.MinResponseDataRate = null;
        // Names and info arrive as octets; what they mean is read where they are decoded.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        listening.ApplyTo(kestrel);
        return new(Options.Create(kestrel), Sockets.Create(logging), logging);
    }
}
