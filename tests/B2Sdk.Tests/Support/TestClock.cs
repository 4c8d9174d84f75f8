using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Tests;

/// <summary>A clock that stands still, except that it jumps over the waits between two attempts, so that no test waits.</summary>
internal sealed class TestClock : TimeProvider
{
    [ThreadStatic]
    private static bool _nextTimerIsWait;

    private readonly FakeTimeProvider _inner = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly Lock _lock = new();

    /// <summary>Every wait between two attempts, in the order in which they began.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    /// <summary>False to leave it to the test to move the clock.</summary>
    public bool JumpsOverWaits { get; set; } = true;

    public override long TimestampFrequency => _inner.TimestampFrequency;

    /// <summary>The next timer that this thread makes is a wait between two attempts, and not a limit on one.</summary>
    public static void AnnounceWait() => _nextTimerIsWait = true;

    public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow();

    public override long GetTimestamp() => _inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isWait = _nextTimerIsWait;
        _nextTimerIsWait = false;
        var timer = _inner.CreateTimer(callback, state, dueTime, period);
        if (isWait)
        {
            Waits.Enqueue(dueTime);
            if (JumpsOverWaits)
            {
                AdvanceSoon(dueTime);
            }
        }
        return timer;
    }

    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    /// <summary>Moves the clock from another thread, after the caller has gone on to wait for it.</summary>
    public void AdvanceSoon(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        ThreadPool.QueueUserWorkItem(_ => MoveTo(target));
    }

    private void MoveTo(DateTimeOffset target)
    {
        // Timers run outside the lock: what they wake may make timers of its own.
        TimeSpan by;
        lock (_lock)
        {
            by = target - _inner.GetUtcNow();
        }
        if (by > TimeSpan.Zero)
        {
            _inner.Advance(by);
        }
    }
}
