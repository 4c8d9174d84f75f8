namespace B2Sdk.Emulator.Rules;

/// <summary>How far a version has been replicated. The numbers are kept.</summary>
internal enum ReplicationStatus
{
    Pending = 1,
    Completed = 2,
    Failed = 3,

    /// <summary>It is itself the replica of another, and is not replicated any further.</summary>
    Replica = 4,
}
