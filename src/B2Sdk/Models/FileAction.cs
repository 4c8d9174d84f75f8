namespace B2Sdk;

/// <summary>What a row of a listing is: an uploaded file, a hide marker, an unfinished large file or a folder.</summary>
/// <remarks>B2 may add values; an unknown one is kept as it came.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct FileAction(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

    /// <summary>A version with content.</summary>
    public static FileAction Upload { get; } = new("upload");

    /// <summary>A marker that hides the older versions of its name.</summary>
    public static FileAction Hide { get; } = new("hide");

    /// <summary>A large file that was started and neither finished nor canceled.</summary>
    public static FileAction Start { get; } = new("start");

    /// <summary>All names that share a prefix up to the delimiter; not a file.</summary>
    public static FileAction Folder { get; } = new("folder");

    /// <summary>A version just made by a server-side copy; later listings call it <see cref="Upload"/>.</summary>
    public static FileAction Copy { get; } = new("copy");

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
