namespace B2Sdk.Emulator.Storage;

/// <summary>What a version is. The numbers are the stored ones.</summary>
internal enum FileAction
{
    Upload = 1,
    Hide = 2,
    Start = 3,

    /// <summary>Many names shown as one; never stored.</summary>
    Folder = 4,
}
