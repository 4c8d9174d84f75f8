namespace B2Sdk.Emulator.Storage;

/// <summary>A page of rows, and the row with which the next page begins; null when there is none.</summary>
internal sealed record Listing(IReadOnlyList<FileVersion> Rows, FileVersion? Next);
