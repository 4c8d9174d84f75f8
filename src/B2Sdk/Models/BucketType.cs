namespace B2Sdk;

/// <summary>Who may read the files of a bucket.</summary>
/// <remarks>B2 may add values; an unknown one is kept as it came.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct BucketType(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

    /// <summary>Anybody may download, without a token.</summary>
    public static BucketType AllPublic { get; } = new("allPublic");

    /// <summary>Downloads need a token.</summary>
    public static BucketType AllPrivate { get; } = new("allPrivate");

    /// <summary>A bucket that Backblaze has restricted. Seen in answers only.</summary>
    public static BucketType Restricted { get; } = new("restricted");

    /// <summary>A bucket of snapshots made on the web site; the API cannot upload to it.</summary>
    public static BucketType Snapshot { get; } = new("snapshot");

    /// <summary>A shared bucket. Seen in answers only.</summary>
    public static BucketType Shared { get; } = new("shared");

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
