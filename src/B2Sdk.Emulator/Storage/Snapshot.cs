namespace B2Sdk.Emulator.Storage;

/// <summary>A saved state, as its file tells it.</summary>
internal sealed record Snapshot(string Name, DateTimeOffset SavedAt, long SizeInBytes);
