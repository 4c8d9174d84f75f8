using B2Sdk.Emulator.Control;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator;

/// <summary>What an emulator was called for. It holds no key, no token and no content.</summary>
/// <remarks>Thread-safe. A call is in it before its answer goes out, so that whoever has the answer finds the call.</remarks>
public sealed class EmulatorJournal
{
    /// <summary>How many calls are kept: the last ones. The counts go on.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly CallRecord?[] _ring = new CallRecord?[Capacity];
    private readonly Dictionary<(string? AccountId, string Operation), Tally> _tallies = [];
    private long _last;
    private long _forgotten;

    internal EmulatorJournal() { }

    /// <summary>Returns calls, the oldest first.</summary>
    /// <param name="query">Which; null for the first 1,000 that are kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
    public JournalPage Read(JournalQuery? query = null)
    {
        query ??= new();
        if (query.Limit < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(query), $"The limit of calls is {query.Limit}; it is at least 1.");
        }
        List<CallRecord> kept;
        long first;
        lock (_lock)
        {
            first = Math.Max(_forgotten, _last - Capacity) + 1;
            kept = new((int)(_last - first + 1));
            for (var number = Math.Max(first, query.Since + 1); number <= _last; number++)
            {
                kept.Add(_ring[number % Capacity]!);
            }
        }
        var entries = new List<JournalEntry>();
        var next = query.Since;
        foreach (var record in kept)
        {
            if (entries.Count == query.Limit)
            {
                break;
            }
            next = record.Number;
            if (record.ToEntry() is var entry && query.Wants(entry))
            {
                entries.Add(entry);
            }
        }
        return new(entries, next, Math.Max(0, first - Math.Max(query.Since, _forgotten) - 1));
    }

    /// <summary>Counts all calls, or those of one account.</summary>
    /// <param name="accountId">The account; null for all calls, also those that were nobody's.</param>
    public JournalCounts Count(string? accountId = null)
    {
        var operations = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var transactions = new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            ["A"] = 0,
            ["B"] = 0,
            ["C"] = 0,
        };
        lock (_lock)
        {
            foreach (var ((account, operation), tally) in _tallies.Where(tally => accountId is null || tally.Key.AccountId == accountId))
            {
                operations[operation] = operations.GetValueOrDefault(operation) + tally.Calls;
                transactions[TransactionClasses.Of(operation)!.Value.ToString()] += tally.Transactions;
            }
        }
        return new(operations, transactions);
    }

    /// <summary>Forgets all calls and counts. Numbers go on.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _forgotten = _last;
            Array.Clear(_ring);
            _tallies.Clear();
        }
    }

    /// <summary>Writes down a call whose answer is about to go out, or that gets none.</summary>
    internal void Add(CallRecord record)
    {
        if (record.Facts is not { } facts)
        {
            return;
        }
        lock (_lock)
        {
            if (record.Number > 0)
            {
                return;
            }
            record.Number = ++_last;
            _ring[_last % Capacity] = record;
            if (TransactionClasses.Of(facts.Operation) is null)
            {
                return;
            }
            var tally = _tallies.GetValueOrDefault((facts.AccountId, facts.Operation));
            // What the service itself failed to do is not charged.
            var transactions = record.Status is >= 200 and < 500 ? TransactionClasses.Count(record.Rows) : 0;
            _tallies[(facts.AccountId, facts.Operation)] = new(tally.Calls + 1, tally.Transactions + transactions);
        }
    }

    private readonly record struct Tally(long Calls, long Transactions);
}
