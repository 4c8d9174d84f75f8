namespace B2Sdk;

/// <summary>How many calls B2 answered, by what it charges for them.</summary>
/// <remarks>A listing with pages of more than 1,000 files counts once for each page here, and once for each 1,000 files on the bill.</remarks>
/// <param name="ClassA">Calls that are free.</param>
/// <param name="ClassB">Calls of class B.</param>
/// <param name="ClassC">Calls of class C.</param>
public readonly record struct TransactionCounts(long ClassA, long ClassB, long ClassC);
