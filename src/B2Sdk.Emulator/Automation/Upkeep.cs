using B2Sdk.Emulator.Storage;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator.Automation;

/// <summary>What the emulator does by itself as time goes by.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Upkeep : IAsyncDisposable
{
    private static readonly TimeSpan LifecycleInterval = TimeSpan.FromHours(1);
    private readonly RepeatedStep[] _steps;

    /// <param name="store">All that is kept.</param>
    /// <param name="clock">The time by which things become due.</param>
    /// <param name="log">Where failures are written.</param>
    public Upkeep(Store store, TimeProvider clock, ILogger log)
    {
        _steps =
        [
            new(
                "lifecycle",
                async cancellationToken =>
                {
                    await store.ApplyLifecycleAsync(cancellationToken);
                    return store.Now + (long)LifecycleInterval.TotalMilliseconds;
                },
                clock,
                log
            ),
        ];
    }

    public void Start() => Array.ForEach(_steps, step => step.Start());

    /// <summary>Does everything that is due by the clock, and returns when it is done.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        // In this order: what one step does may be what the next is waiting for.
        foreach (var step in _steps)
        {
            await step.RunAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var step in _steps)
        {
            await step.DisposeAsync();
        }
    }
}
