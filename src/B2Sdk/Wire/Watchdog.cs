namespace B2Sdk.Wire;

/// <summary>Cancels when the caller does, or when nothing has moved for too long; and knows which it was.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;

    public Watchdog(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _limit = limit;
        _caller = caller;
        _silence = new(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, caller);
    }

    public CancellationToken Token => _either.Token;

    public TimeSpan Limit => _limit;

    /// <summary>True when it was silence that ended the wait, and not the caller.</summary>
    public bool HasExpired => _silence.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Something moved: starts counting anew.</summary>
    public void Reset() => _silence.CancelAfter(_limit);

    public void Dispose()
    {
        _either.Dispose();
        _silence.Dispose();
    }
}
