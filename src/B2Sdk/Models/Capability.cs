namespace B2Sdk;

/// <summary>One thing that an application key may do, such as <c>readFiles</c>.</summary>
/// <remarks>B2 may add values; an unknown one is kept as it came.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct Capability(string Value)
{
    /// <summary>List buckets.</summary>
    public static Capability ListBuckets { get; } = new("listBuckets");

    /// <summary>Create buckets and change their settings.</summary>
    public static Capability WriteBuckets { get; } = new("writeBuckets");

    /// <summary>Delete buckets.</summary>
    public static Capability DeleteBuckets { get; } = new("deleteBuckets");

    /// <summary>List files, versions and unfinished large files.</summary>
    public static Capability ListFiles { get; } = new("listFiles");

    /// <summary>Download files and read what is known of them.</summary>
    public static Capability ReadFiles { get; } = new("readFiles");

    /// <summary>Make tokens with which others may download.</summary>
    public static Capability ShareFiles { get; } = new("shareFiles");

    /// <summary>Upload, copy and hide files.</summary>
    public static Capability WriteFiles { get; } = new("writeFiles");

    /// <summary>Delete versions of files.</summary>
    public static Capability DeleteFiles { get; } = new("deleteFiles");

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value ?? "";
}
