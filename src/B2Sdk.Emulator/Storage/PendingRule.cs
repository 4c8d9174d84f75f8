namespace B2Sdk.Emulator.Storage;

/// <summary>A notification rule that has events to send.</summary>
/// <param name="Bucket">The row of its bucket.</param>
/// <param name="Name">Its name.</param>
/// <param name="Due">When they may be sent, in milliseconds since 1970.</param>
/// <param name="Last">The number of its latest event.</param>
internal readonly record struct PendingRule(long Bucket, string Name, long Due, long Last);
