using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator.Automation;

/// <summary>A step that is done again whenever something calls for it, and by itself when its time has come.</summary>
/// <remarks>Thread-safe. It is never done twice at the same time.</remarks>
internal sealed partial class RepeatedStep : IAsyncDisposable
{
    /// <summary>The time of a step that waits for nothing but a call.</summary>
    public const long Never = long.MaxValue;

    // Timers do not wait for ever; a clock that was moved meanwhile is looked at again in any case.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan WaitAfterFailure = TimeSpan.FromMinutes(1);
    private readonly string _name;
    private readonly Func<CancellationToken, Task<long>> _step;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _called = NewCall();
    private long _due;
    private Task _loop = Task.CompletedTask;

    /// <summary>Makes a step, which is first done when it is started.</summary>
    /// <param name="name">What it does, for the log.</param>
    /// <param name="step">Does all that is due, and returns when there will be more, in milliseconds since 1970.</param>
    /// <param name="clock">The time by which it is due.</param>
    /// <param name="log">Where its failures are written.</param>
    public RepeatedStep(string name, Func<CancellationToken, Task<long>> step, TimeProvider clock, ILogger log)
    {
        _name = name;
        _step = step;
        _clock = clock;
        _log = log;
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Start() => _loop = LoopAsync();

    /// <summary>Has the step done soon.</summary>
    public void Call() => MakeDue(0);

    /// <summary>Does the step, and returns when it is done.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            Interlocked.Exchange(ref _due, Never);
            var next = Now + (long)WaitAfterFailure.TotalMilliseconds;
            try
            {
                next = await _step(cancellationToken);
            }
            finally
            {
                // Whoever called in the meantime is not forgotten.
                MakeDue(next);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var called = Volatile.Read(ref _called);
            var wait = Volatile.Read(ref _due) - Now;
            if (wait > 0)
            {
                await WaitAsync(called.Task, wait);
                continue;
            }
            try
            {
                await RunAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // That is how it ends.
            }
#pragma warning disable CA1031 // What failed once may succeed the next time; the rest of the emulator goes on.
            catch (Exception e)
            {
                LogFailed(_log, _name, e);
            }
#pragma warning restore CA1031
        }
    }

    private async Task WaitAsync(Task called, long milliseconds)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var wait = TimeSpan.FromMilliseconds(Math.Min(milliseconds, (long)LongestWait.TotalMilliseconds));
        await Task.WhenAny(called, Task.Delay(wait, _clock, over.Token));
        await over.CancelAsync();
    }

    private void MakeDue(long time)
    {
        long before;
        do
        {
            before = Volatile.Read(ref _due);
        } while (time < before && Interlocked.CompareExchange(ref _due, time, before) != before);
        Interlocked.Exchange(ref _called, NewCall()).TrySetResult();
    }

    private static TaskCompletionSource NewCall() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(10, LogLevel.Error, "The emulator's own {Step} failed and is tried again in a minute", EventName = "StepFailed")]
    private static partial void LogFailed(ILogger logger, string step, Exception exception);
}
