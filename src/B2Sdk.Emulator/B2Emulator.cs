using System.Net;
using System.Security.Cryptography;
using System.Text;
using B2Sdk.Emulator.Automation;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace B2Sdk.Emulator;

/// <summary>A B2 service on this machine: the native API over HTTP, for tests and development.</summary>
/// <remarks>Thread-safe. It listens on 127.0.0.1 only. Any number may run in one process.</remarks>
/// <example>
/// <code>
/// await using var emulator = await B2Emulator.StartAsync();
/// // Point any B2 client at emulator.Url, with emulator.Account.ApplicationKeyId and emulator.Account.ApplicationKey.
/// </code>
/// </example>
public sealed class B2Emulator : IAsyncDisposable
{
    private const int AccountIdLength = 12;
    private static readonly TimeSpan StopWithin = TimeSpan.FromMilliseconds(500);
    private readonly KestrelServer _server;
    private readonly EmulatorServices _services;
    private readonly Upkeep _upkeep;
    private int _isStopped;

    private B2Emulator(KestrelServer server, EmulatorServices services, Upkeep upkeep, EmulatorAccount account)
    {
        _server = server;
        _services = services;
        _upkeep = upkeep;
        Account = account;
        Url = new(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40123</c>: the realm that a client is given.</summary>
    public Uri Url { get; }

    /// <summary>The account that it has from the start.</summary>
    public EmulatorAccount Account { get; }

    /// <summary>The time by which it lives, which can be stopped and moved.</summary>
    public EmulatorClock Clock => _services.Clock;

    /// <summary>Starts an emulator, which is ready when this returns.</summary>
    /// <param name="options">How; null for the defaults: any free port, and nothing kept.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ArgumentException">An option is not allowed.</exception>
    /// <exception cref="EmulatorStartException">The port is taken, or the folder cannot be used. The message says what to do.</exception>
    public static async Task<B2Emulator> StartAsync(B2EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        Validate(options);
        var logging = options.LoggerFactory ?? NullLoggerFactory.Instance;
        var clock = new EmulatorClock(options.TimeProvider);
        var store = await Store.OpenAsync(options.DataDirectory, clock);
        KestrelServer? server = null;
        try
        {
            var services = new EmulatorServices(options, clock, store, new(clock), new());
            var account = await AddAccountAsync(store, options.ApplicationKeyId, options.ApplicationKey);
            server = CreateServer(options, logging);
            var log = logging.CreateLogger("B2Sdk.Emulator");
            var upkeep = new Upkeep(store, clock, log);
            clock.AfterEachMove((_, cancelled) => upkeep.ApplyAsync(cancelled));
            await server.StartAsync(new EmulatorApp(services, log), cancellationToken);
            upkeep.Start();
            return new(server, services, upkeep, account);
        }
        catch (IOException e)
        {
            server?.Dispose();
            store.Dispose();
            throw new EmulatorStartException(
                $"The port {options.Port} of 127.0.0.1 cannot be used: {e.Message} Choose another, or 0 for any.",
                e
            );
        }
        catch
        {
            server?.Dispose();
            store.Dispose();
            throw;
        }
    }

    /// <summary>Adds an account of its own, which shares nothing with the others: one for each test, for instance.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<EmulatorAccount> CreateAccountAsync(CancellationToken cancellationToken = default)
    {
        var accountId = RandomNumberGenerator.GetHexString(AccountIdLength, lowercase: true);
        return AddAccountAsync(_services.Store, accountId, NewSecret()).WaitAsync(cancellationToken);
    }

    /// <summary>Does at once everything that is due by the emulator's clock, and returns when it is done: lifecycle rules.</summary>
    /// <remarks>It happens by itself too, with lifecycle rules once an hour. To move <see cref="Clock"/> does it too. This is for tests that move a clock of their own.</remarks>
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
        _services.Store.Dispose();
    }

    /// <summary>Stops the emulator.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>A new application key, in the form that B2's have.</summary>
    internal static string NewSecret() =>
        "K000" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 27);

    private static void Validate(B2EmulatorOptions options)
    {
        if (options.Port is < 0 or > 65_535)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"The port is {options.Port}; it is 0 to 65535.");
        }
        if (options.MinimumPartSize < 1 || options.RecommendedPartSize < options.MinimumPartSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                $"The minimum part size is {options.MinimumPartSize} and the recommended one {options.RecommendedPartSize} bytes; the minimum is at least 1, and the recommended one at least that."
            );
        }
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ApplicationKeyId, nameof(options));
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ApplicationKey, nameof(options));
        if (options.ApplicationKeyId.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The key id '{options.ApplicationKeyId}' holds a colon, which ends key ids on the wire.",
                nameof(options)
            );
        }
    }

    private static KestrelServer CreateServer(B2EmulatorOptions options, ILoggerFactory logging)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = null;
        // Whoever sends next to nothing for half a minute is told so.
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1, gracePeriod: TimeSpan.FromSeconds(30));
        kestrel.Limits.MinResponseDataRate = null;
        // Names and info arrive as octets; what they mean is read where they are decoded.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.Listen(IPAddress.Loopback, options.Port);
        return new(Options.Create(kestrel), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logging), logging);
    }

    private static async Task<EmulatorAccount> AddAccountAsync(Store store, string keyId, string secret)
    {
        var accountId =
            keyId.Length == AccountIdLength && keyId.All(char.IsAsciiHexDigitLower) ? keyId : Store.HashSecret(keyId)[..AccountIdLength];
        await store.SaveKeyAsync(
            new()
            {
                Id = keyId,
                AccountId = accountId,
                IsMaster = true,
                SecretHash = Store.HashSecret(secret),
                Name = "master",
                Capabilities = Capabilities.All,
            }
        );
        return new(accountId, keyId, secret);
    }
}
