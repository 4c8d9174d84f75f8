namespace B2Sdk;

/// <summary>What B2 charges for a call.</summary>
internal enum TransactionClass
{
    /// <summary>Nothing: uploads, hiding, deleting.</summary>
    A,

    /// <summary>A little, for each 10,000: downloads, and asking for one file.</summary>
    B,

    /// <summary>More, for each 1,000: authorizing, listing, creating and changing buckets, copying.</summary>
    C,
}
