namespace B2Sdk.Emulator.Rules;

/// <summary>What becomes of the versions of a name as time goes by.</summary>
/// <remarks>
/// A version is hidden from the time of the next newer version or hide marker. What is to happen is told as if somebody had looked at every moment: a marker bears the time at which it
/// became due, and from then on the days to deletion are counted.
/// </remarks>
internal static class Lifecycle
{
    private const long Day = 86_400_000;

    /// <summary>Judges the versions of one name.</summary>
    /// <param name="rule">The rule that is for the name.</param>
    /// <param name="versions">All versions, the newest first.</param>
    /// <param name="since">From when the rule is in force: nothing is hidden as of an earlier time.</param>
    /// <param name="now">Up to when.</param>
    public static LifecycleVerdict Judge(LifecycleRule rule, IReadOnlyList<LifecycleVersion> versions, long since, long now)
    {
        var gone = new List<int>();
        var isAnyLeft = false;
        long? hideAt = null;
        // When the version that is looked at was hidden; null for the newest.
        long? hiddenSince = null;
        // The marker on top, which goes last: without it, what it hides would come back.
        int? marker = null;
        for (var i = 0; i < versions.Count; i++)
        {
            var version = versions[i];
            if (version.Kind == LifecycleVersion.What.Unfinished)
            {
                if (IsDue(version.Timestamp, rule.DaysToCanceling, now))
                {
                    gone.Add(i);
                }
                continue;
            }
            if (hiddenSince is null)
            {
                if (version.Kind == LifecycleVersion.What.HideMarker)
                {
                    marker = i;
                }
                else if (IsDue(version.Timestamp, rule.DaysToHiding, now))
                {
                    hideAt = Math.Max(version.Timestamp + rule.DaysToHiding!.Value * Day, since) / 1000 * 1000;
                }
            }
            if ((hiddenSince ?? hideAt) is { } hidden && IsDue(hidden, rule.DaysToDeleting, now) && !version.IsProtected)
            {
                gone.Add(i);
            }
            else
            {
                isAnyLeft |= i != marker;
            }
            hiddenSince = version.Timestamp;
        }
        if (marker is { } top && !isAnyLeft && IsDue(versions[top].Timestamp, rule.DaysToDeleting, now))
        {
            gone.Add(top);
        }
        return new(hideAt, hideAt is { } made && !isAnyLeft && IsDue(made, rule.DaysToDeleting, now), gone);
    }

    private static bool IsDue(long from, int? days, long now) => days is { } count && from + count * Day <= now;
}
