namespace B2Sdk;

/// <summary>What must be done so that a file is what it was.</summary>
internal static class BulkChoice
{
    /// <summary>Chooses for one name; null when there is nothing to do.</summary>
    /// <param name="newest">Its newest version now; null when it has none.</param>
    /// <param name="then">What was its newest version then; null when it had none.</param>
    public static BulkStep? Restore(FileVersion? newest, FileVersion? then)
    {
        if (newest is null)
        {
            return null;
        }
        var isVisible = newest.Action != FileAction.Hide;
        var wasVisible = then is not null && then.Action != FileAction.Hide;
        if (!wasVisible)
        {
            return isVisible ? new(newest, BulkAction.Hide) : null;
        }
        return isVisible && IsSame(newest, then!) ? null : new(then!, BulkAction.Copy);
    }

    // A copy that an earlier run made is as good as the version itself.
    private static bool IsSame(FileVersion one, FileVersion other) =>
        one.FileId == other.FileId
        || (
            one.Sha1 is not null
            && string.Equals(one.Sha1, other.Sha1, StringComparison.OrdinalIgnoreCase)
            && one.SizeInBytes == other.SizeInBytes
            && one.ContentType == other.ContentType
            && one.FileInfo.Count == other.FileInfo.Count
            && one.FileInfo.All(entry => other.FileInfo.TryGetValue(entry.Key, out var value) && value == entry.Value)
        );
}
