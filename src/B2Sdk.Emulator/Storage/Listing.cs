namespace B2Sdk.Emulator.Storage;

/// <summary>How a page of rows ended.</summary>
/// <param name="Count">How many rows it has.</param>
/// <param name="Next">The row with which the next page begins; null when there is none.</param>
internal sealed record Listing(int Count, FileVersion? Next);
