namespace B2Sdk.Emulator;

/// <summary>How often an emulator was called since it started or was reset.</summary>
/// <param name="Operations">How many calls of each operation there were, whatever came of them.</param>
/// <param name="Transactions">
/// What B2 counts in each of its classes, A, B and C: each call that did not end in a failure of the service, and of a listing each thousand rows that is begun.
/// </param>
public sealed record JournalCounts(IReadOnlyDictionary<string, long> Operations, IReadOnlyDictionary<string, long> Transactions);
