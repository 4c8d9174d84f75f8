using B2Sdk.Emulator.Storage;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator.Automation;

/// <summary>What the emulator does by itself as time goes by.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Upkeep : IAsyncDisposable
{
    private static readonly TimeSpan LifecycleInterval = TimeSpan.FromHours(1);
    private readonly RepeatedStep _lifecycle;
    private readonly RepeatedStep _replication;
    private readonly RepeatedStep _notifications;
    private readonly ReplicationPeers _peers;
    private readonly Notifier _notifier;
    private readonly WebhookClient _webhooks;

    /// <param name="options">How the emulator was started.</param>
    /// <param name="store">All that is kept.</param>
    /// <param name="clock">The time by which things become due. Others are waited for by that of the options.</param>
    /// <param name="log">Where failures are written.</param>
    public Upkeep(B2EmulatorOptions options, Store store, TimeProvider clock, ILogger log)
    {
        _lifecycle = new(
            "lifecycle",
            async cancellationToken =>
            {
                await store.ApplyLifecycleAsync(cancellationToken);
                return store.Now + (long)LifecycleInterval.TotalMilliseconds;
            },
            clock,
            log
        );
        _peers = new(store, options.TimeProvider, options.ReplicateTo);
        _replication = new("replication", new Replicator(store, _peers, log).RunAsync, clock, log);
        _webhooks = new(options.TimeProvider);
        _notifier = new(store, _webhooks, log);
        _notifications = new("notification", _notifier.SendAsync, clock, log);
        _notifier.Finished = _notifications.Call;
        store.WorkAdded = () =>
        {
            _replication.Call();
            _notifications.Call();
        };
    }

    public void Start()
    {
        _lifecycle.Start();
        _replication.Start();
        _notifications.Start();
    }

    /// <summary>Has versions whose destination is not here offered to another emulator.</summary>
    public void ReplicateTo(Uri url)
    {
        _peers.Add(url);
        _replication.Call();
    }

    /// <summary>Does everything that is due by the clock, and returns when it is done. What one step does may be what the next is waiting for.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await _lifecycle.RunAsync(cancellationToken);
        await _replication.RunAsync(cancellationToken);
        // Twice, since a rule that is busy the first time may be busy with less than there is by now.
        for (var round = 0; round < 2; round++)
        {
            await _notifications.RunAsync(cancellationToken);
            await _notifier.FinishAsync().WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _lifecycle.DisposeAsync();
        await _replication.DisposeAsync();
        _peers.Dispose();
        await _notifications.DisposeAsync();
        await _notifier.DisposeAsync();
        _webhooks.Dispose();
    }
}
