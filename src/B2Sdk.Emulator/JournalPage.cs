namespace B2Sdk.Emulator;

/// <summary>Calls from a journal.</summary>
/// <param name="Entries">The calls, the oldest first.</param>
/// <param name="Next">What to give as <see cref="JournalQuery.Since"/> to go on from here.</param>
/// <param name="Missed">How many calls since the place asked for are no longer there, as the journal keeps only the last 10,000.</param>
public sealed record JournalPage(IReadOnlyList<JournalEntry> Entries, long Next, long Missed);
