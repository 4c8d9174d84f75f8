namespace B2Sdk.Sessions;

/// <summary>What one operation may still spend on trying again: time first, attempts second. The only judge of how long to wait.</summary>
/// <remarks>Not thread-safe; one per operation.</remarks>
internal sealed class RetryBudget(RetryOptions options, RetryAllowance allowance, TimeProvider time, Func<double> random)
{
    private long? _firstFailure;
    private int _failures;

    /// <summary>How often the request was sent.</summary>
    public int Attempts { get; private set; }

    /// <summary>True when the last thing that happened was a new authorization: a token that is refused right after is not worth another.</summary>
    public bool WasJustReauthorized { get; set; }

    public void BeginAttempt() => Attempts++;

    /// <summary>Pays for another attempt, and says how long to wait first; false when there is nothing left to pay with.</summary>
    /// <param name="retryAfter">How long B2 asked to wait; null when it did not.</param>
    /// <param name="atOnce">True when the next attempt goes elsewhere, so that waiting helps nobody.</param>
    /// <param name="delay">The wait.</param>
    public bool TrySpend(TimeSpan? retryAfter, bool atOnce, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        _firstFailure ??= time.GetTimestamp();
        var elapsed = time.GetElapsedTime(_firstFailure.Value);
        if (Attempts >= options.MaxAttempts || elapsed >= options.MaxElapsed)
        {
            return false;
        }

        if (!atOnce)
        {
            delay = NextDelay();
        }
        if (retryAfter > delay)
        {
            delay = retryAfter.Value;
        }
        _failures++;
        return elapsed + delay <= options.MaxElapsed;
    }

    /// <summary>Something was achieved: what failed before no longer counts.</summary>
    public void Refill()
    {
        _firstFailure = null;
        _failures = 0;
        Attempts = 1;
    }

    private TimeSpan NextDelay()
    {
        if (!allowance.TryTake())
        {
            return options.MaxDelay * (0.5 + random() / 2);
        }
        var ceiling = options.BaseDelay * Math.Pow(2, Math.Min(_failures, 30));
        var delay = (ceiling < options.MaxDelay ? ceiling : options.MaxDelay) * random();
        // Waits are of whole milliseconds: less than one would be none.
        return TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
    }
}
