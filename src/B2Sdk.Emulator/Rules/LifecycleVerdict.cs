namespace B2Sdk.Emulator.Rules;

/// <summary>What a lifecycle rule has done to a name.</summary>
/// <param name="HideAt">The time of the hide marker that the name gets; null for none.</param>
/// <param name="DeletesNewMarker">True when that marker has served its time already.</param>
/// <param name="Gone">The versions to delete or cancel, by their places in the list that was judged.</param>
internal sealed record LifecycleVerdict(long? HideAt, bool DeletesNewMarker, IReadOnlyList<int> Gone)
{
    public bool IsNothing => HideAt is null && Gone.Count == 0;
}
