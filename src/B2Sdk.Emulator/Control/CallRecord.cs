using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Control;

/// <summary>A call while it is being answered: what it is about, and what has become of it so far.</summary>
/// <remarks>Written by the call alone, and read by whoever reads the journal.</remarks>
internal sealed class CallRecord(EmulatorClock clock)
{
    private readonly long _started = clock.GetTimestamp();
    private long _ended;

    public long Number { get; set; }

    /// <summary>Null until it is known that the request is for an operation at all.</summary>
    public CallFacts? Facts { get; set; }

    public DateTimeOffset Time { get; } = clock.GetUtcNow();

    public string Method { get; init; } = "";

    public int Version { get; set; }

    /// <summary>True for a call that the emulator makes itself.</summary>
    public bool IsFromWithin { get; init; }

    /// <summary>How many rows a listing answered.</summary>
    public int Rows { get; set; }

    /// <summary>Zero while there is no answer.</summary>
    public int Status { get; set; }

    public string? Code { get; set; }

    public long BytesIn { get; set; }

    public long BytesOut { get; set; }

    /// <summary>What goes wrong with this call on purpose; null for nothing.</summary>
    public FaultEffects? Fault { get; set; }

    /// <summary>Tells that all is done, whatever it was.</summary>
    public void End() => Volatile.Write(ref _ended, clock.GetTimestamp());

    public JournalEntry ToEntry()
    {
        var facts = Facts!;
        var ended = Volatile.Read(ref _ended);
        return new()
        {
            Number = Number,
            Time = Time,
            Duration = ended == 0 ? clock.GetElapsedTime(_started) : clock.GetElapsedTime(_started, ended),
            Operation = facts.Operation,
            TransactionClass = TransactionClasses.Of(facts.Operation)?.ToString(),
            Method = Method,
            Version = Version,
            AccountId = facts.AccountId,
            ApplicationKeyId = facts.KeyId,
            BucketId = facts.BucketId,
            BucketName = facts.BucketName,
            FileName = facts.FileName,
            FileId = facts.FileId,
            Status = Status == 0 ? null : Status,
            Code = Code,
            BytesIn = BytesIn,
            BytesOut = BytesOut,
            Fault = Fault?.Id,
        };
    }
}
