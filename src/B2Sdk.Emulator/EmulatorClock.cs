namespace B2Sdk.Emulator;

/// <summary>The time by which an emulator lives: uploads are dated by it, and tokens, keys, retention and rules follow it. It can be stopped and moved.</summary>
/// <remarks>
/// Thread-safe. It runs on <see cref="B2EmulatorOptions.TimeProvider"/>, a distance ahead of it or behind. Timers and timestamps are those of that provider: to move this clock
/// makes nobody wait less. Whatever becomes due by a move is done before the move returns.
/// </remarks>
#pragma warning disable CA1001 // The semaphore never makes the wait handle for which it would have to be disposed of.
public sealed class EmulatorClock : TimeProvider
#pragma warning restore CA1001
{
    /// <summary>The earliest time that can be set: the beginning of 1970.</summary>
    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    /// <summary>The latest time that can be set: the beginning of the year 9000.</summary>
    public static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider _source;
    private readonly SemaphoreSlim _moving = new(1);
    private readonly Lock _lock = new();
    private readonly DateTimeOffset? _start;
    private readonly bool _isFrozenAtStart;
    private volatile Hands _hands;
    private Func<DateTimeOffset, CancellationToken, Task>[] _settling = [];

    /// <param name="source">The time on which it runs.</param>
    /// <param name="start">What it shows at first; null for the source's time.</param>
    /// <param name="isFrozen">Whether it stands still at first.</param>
    /// <exception cref="ArgumentOutOfRangeException">It cannot show that.</exception>
    internal EmulatorClock(TimeProvider source, DateTimeOffset? start = null, bool isFrozen = false)
    {
        _source = source;
        _start = start is { } moment ? Aim(moment, TimeSpan.Zero) : null;
        _isFrozenAtStart = isFrozen;
        _hands = Begin();
    }

    /// <summary>True while the clock stands still.</summary>
    public bool IsFrozen => _hands.FrozenAt is not null;

    /// <inheritdoc/>
    public override long TimestampFrequency => _source.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _source.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Read(_hands);

    /// <inheritdoc/>
    public override long GetTimestamp() => _source.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _source.CreateTimer(callback, state, dueTime, period);

    /// <summary>Stops the clock where it stands. It can still be set and advanced.</summary>
    public void Freeze() => Turn(hands => Put(Read(hands), isFrozen: true));

    /// <summary>Lets the clock go on from where it stands.</summary>
    public void Resume() => Turn(hands => Put(Read(hands), isFrozen: false));

    /// <summary>Moves the clock ahead.</summary>
    /// <param name="by">How far; not less than nothing.</param>
    /// <param name="cancellationToken">Ends the wait for what has become due; the clock has then moved all the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">It would go back, or beyond <see cref="Latest"/>.</exception>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default) =>
        ChangeAsync(set: null, by, freeze: null, cancellationToken);

    /// <summary>Sets the clock, ahead or back. Whether it runs or stands stays as it is.</summary>
    /// <param name="now">What it is to show.</param>
    /// <param name="cancellationToken">Ends the wait for what has become due; the clock has then moved all the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is before <see cref="Earliest"/> or after <see cref="Latest"/>.</exception>
    public Task SetAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        ChangeAsync(now, advance: null, freeze: null, cancellationToken);

    /// <summary>Sets the clock, then advances it, then stops it or lets it go: all of it at once, or nothing when it cannot be.</summary>
    internal async Task ChangeAsync(DateTimeOffset? set, TimeSpan? advance, bool? freeze, CancellationToken cancellationToken)
    {
        if (advance < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(
                nameof(advance),
                $"The clock cannot be advanced by {advance}, which is less than nothing."
            );
        }
        // One move at a time: what a move makes due is settled before the next.
        await _moving.WaitAsync(cancellationToken);
        try
        {
            Turn(hands => Put(Aim(set ?? Read(hands), advance ?? TimeSpan.Zero), freeze ?? hands.FrozenAt is not null));
            foreach (var settle in _settling)
            {
                await settle(GetUtcNow(), cancellationToken);
            }
        }
        finally
        {
            _moving.Release();
        }
    }

    /// <summary>Has something done whenever the clock was moved, before whoever moved it goes on.</summary>
    internal void AfterEachMove(Func<DateTimeOffset, CancellationToken, Task> settle)
    {
        lock (_lock)
        {
            _settling = [.. _settling, settle];
        }
    }

    /// <summary>Goes back to how it was at the start.</summary>
    internal void Reset() => Turn(_ => Begin());

    private Hands Begin() =>
        _start is null && !_isFrozenAtStart ? new(TimeSpan.Zero, FrozenAt: null) : Put(_start ?? _source.GetUtcNow(), _isFrozenAtStart);

    private static DateTimeOffset Aim(DateTimeOffset from, TimeSpan by) =>
        from >= Earliest && from <= Latest && by <= Latest - from
            ? from.ToUniversalTime() + by
            : throw new ArgumentOutOfRangeException(
                nameof(from),
                $"The clock goes from {Earliest:yyyy-MM-dd} to {Latest:yyyy-MM-dd}; {from:u} and {by} more is not in between."
            );

    private DateTimeOffset Read(Hands hands) => hands.FrozenAt ?? _source.GetUtcNow() + hands.Ahead;

    private Hands Put(DateTimeOffset now, bool isFrozen) =>
        isFrozen ? new(TimeSpan.Zero, now) : new(now - _source.GetUtcNow(), FrozenAt: null);

    private void Turn(Func<Hands, Hands> turn)
    {
        Hands before;
        do
        {
            before = _hands;
        } while (Interlocked.CompareExchange(ref _hands, turn(before), before) != before);
    }

    private sealed record Hands(TimeSpan Ahead, DateTimeOffset? FrozenAt);
}
