namespace B2Sdk.Emulator;

/// <summary>Which calls of a journal are wanted. What is not said does not matter.</summary>
public sealed record JournalQuery
{
    /// <summary>Only calls after the one with this number. Default: 0, which is before the first.</summary>
    public long Since { get; init; }

    /// <summary>At most so many, the first ones. Default: 1,000.</summary>
    public int Limit { get; init; } = 1000;

    /// <summary>The exact operation.</summary>
    public string? Operation { get; init; }

    /// <summary>Whose calls.</summary>
    public string? AccountId { get; init; }

    /// <summary>The bucket, as the calls told it: by its id, or as downloads by name do, by its name.</summary>
    public string? Bucket { get; init; }

    /// <summary>The exact name of the file.</summary>
    public string? FileName { get; init; }

    /// <summary>The status of the answer.</summary>
    public int? Status { get; init; }

    internal bool Wants(JournalEntry entry) =>
        (Operation is null || entry.Operation == Operation)
        && (AccountId is null || entry.AccountId == AccountId)
        && (Bucket is null || entry.BucketId == Bucket || entry.BucketName == Bucket)
        && (FileName is null || entry.FileName == FileName)
        && (Status is null || entry.Status == Status);
}
