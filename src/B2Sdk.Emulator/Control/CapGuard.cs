using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Control;

/// <summary>Counts what each account has had today of what is capped by the day, and refuses more. A day is one of UTC, by the emulator's clock.</summary>
/// <remarks>Thread-safe. It counts whether or not there is a cap, so that one that is set later finds what was had before.</remarks>
internal sealed class CapGuard(EmulatorCaps caps, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Use> _today = new(StringComparer.Ordinal);
    private readonly EmulatorCaps _fromTheStart = caps;
    private volatile EmulatorCaps _caps = caps;
    private DateTime _day;

    public EmulatorCaps Caps
    {
        get => _caps;
        set => _caps = value;
    }

    /// <summary>Counts a call that is neither a download nor free.</summary>
    /// <exception cref="Refusal">The account has made as many as it may.</exception>
    public void TakeTransaction(string accountId, string operation)
    {
        var (b, c) = TransactionClasses.Of(operation) switch
        {
            'B' => (1, 0),
            'C' => (0, 1),
            _ => (0, 0),
        };
        if (b + c > 0 && !TryTake(accountId, new(b, c, 0)))
        {
            throw Refusal.TransactionCapExceeded();
        }
    }

    /// <summary>Counts a download, and the bytes that are about to be sent.</summary>
    /// <exception cref="Refusal">They are too many.</exception>
    public void TakeDownload(string accountId, long bytes)
    {
        if (!TryTake(accountId, new(1, 0, bytes)))
        {
            throw Refusal.DownloadCapExceeded();
        }
    }

    /// <summary>Counts what a listing turned out to count for besides the one transaction that was taken.</summary>
    public void AddRows(string accountId, int rows)
    {
        if (TransactionClasses.Count(rows) - 1 is > 0 and var more)
        {
            lock (_lock)
            {
                _today[accountId] = UseOf(accountId) + new Use(0, more, 0);
            }
        }
    }

    /// <summary>Makes everything as it was at the start.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _today.Clear();
            _caps = _fromTheStart;
        }
    }

    private bool TryTake(string accountId, Use more)
    {
        lock (_lock)
        {
            var use = UseOf(accountId) + more;
            var most = _caps;
            if (
                IsOver(use.ClassB, more.ClassB, most.ClassB)
                || IsOver(use.ClassC, more.ClassC, most.ClassC)
                || IsOver(use.Bytes, more.Bytes, most.Download)
            )
            {
                return false;
            }
            _today[accountId] = use;
            return true;
        }
    }

    // Who asks for nothing of something does not exceed its cap, however much of it was had.
    private static bool IsOver(decimal use, long more, long? cap) => more > 0 && use > cap;

    private Use UseOf(string accountId)
    {
        if (clock.GetUtcNow().UtcDateTime.Date is var day && day != _day)
        {
            _today.Clear();
            _day = day;
        }
        return _today.GetValueOrDefault(accountId);
    }

    private readonly record struct Use(long ClassB, long ClassC, long Bytes)
    {
        public static Use operator +(Use one, Use other) =>
            new(one.ClassB + other.ClassB, one.ClassC + other.ClassC, one.Bytes + other.Bytes);
    }
}
