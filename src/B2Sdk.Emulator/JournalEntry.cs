namespace B2Sdk.Emulator;

/// <summary>A call that an emulator was sent, and what became of it.</summary>
public sealed record JournalEntry
{
    /// <summary>The number of the call, counted from 1 in the order of answers.</summary>
    public required long Number { get; init; }

    /// <summary>When it came, by the emulator's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How long it took; so far, while bytes are still going out.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The operation, such as <c>b2_upload_file</c> or <c>b2_download_file_by_name</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The class of transactions that B2 counts it in: A, B or C; null for what is no operation.</summary>
    public string? TransactionClass { get; init; }

    /// <summary>The method, such as <c>POST</c> or <c>HEAD</c>.</summary>
    public string Method { get; init; } = "";

    /// <summary>The version of the API, 1 to 4.</summary>
    public int Version { get; init; }

    /// <summary>Whose call it was; null when it was nobody's.</summary>
    public string? AccountId { get; init; }

    /// <summary>The id of the key with which it was made; null when there was none.</summary>
    public string? ApplicationKeyId { get; init; }

    /// <summary>The bucket's id; null when the call does not tell it.</summary>
    public string? BucketId { get; init; }

    /// <summary>The bucket's name; null when the call does not tell it: most tell the id.</summary>
    public string? BucketName { get; init; }

    /// <summary>The file's name; null when the call does not tell it.</summary>
    public string? FileName { get; init; }

    /// <summary>The file's id; null when the call does not tell it.</summary>
    public string? FileId { get; init; }

    /// <summary>The status of the answer; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The code of a refusal; null otherwise.</summary>
    public string? Code { get; init; }

    /// <summary>How many bytes the request said that it had, beside its head.</summary>
    public long BytesIn { get; init; }

    /// <summary>How many bytes the answer said that it had, beside its head.</summary>
    public long BytesOut { get; init; }

    /// <summary>The id of the fault that befell it; null for none.</summary>
    public string? Fault { get; init; }
}
