namespace B2Sdk.KillStorm;

/// <summary>A version, a hide marker or an unfinished file, as it was acknowledged.</summary>
internal sealed record Version(string FileId, string Name, string Action)
{
    /// <summary>The contents of which it is made, by part number; a small file has one.</summary>
    public SortedDictionary<int, Content> Parts { get; init; } = [];

    public long Length => Action == "upload" ? Parts.Values.Sum(part => part.Length) : 0;
}
