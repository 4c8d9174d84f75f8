using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Control;

internal sealed record SnapshotList(IReadOnlyList<Snapshot> Snapshots);
