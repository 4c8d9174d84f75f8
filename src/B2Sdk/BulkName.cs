namespace B2Sdk;

/// <summary>
/// The versions of one name that are deleted together. The newest goes last, and only when all below it went: an older version is never shown for a moment, and what a hide
/// marker hides stays hidden when it cannot be deleted.
/// </summary>
internal sealed class BulkName
{
    private readonly Lock _lock = new();

    // Whoever selects holds one, so that nothing is last before all are known.
    private int _left = 1;
    private BulkStep? _last;

    /// <summary>True when a version below the newest could not be deleted.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>A version below the newest, which must be released when it is done.</summary>
    public BulkStep Below(FileVersion file)
    {
        lock (_lock)
        {
            _left++;
        }
        return new(file, BulkAction.Delete, this);
    }

    /// <summary>All versions are known: returns the newest if it can go at once; otherwise whoever releases the last one below gets it.</summary>
    public BulkStep? Close(FileVersion? newest)
    {
        lock (_lock)
        {
            _last = newest is null ? null : new(newest, BulkAction.Delete, this);
        }
        return Release(hasFailed: false);
    }

    /// <summary>A version below is done; returns the newest when it was the last one below.</summary>
    public BulkStep? Release(bool hasFailed)
    {
        lock (_lock)
        {
            HasFailed |= hasFailed;
            if (--_left > 0)
            {
                return null;
            }
            // The newest has nobody above it to release.
            var last = _last;
            _last = null;
            return last;
        }
    }

    /// <summary>True when this is the newest, which is released by nobody.</summary>
    public bool IsDone
    {
        get
        {
            lock (_lock)
            {
                return _left <= 0;
            }
        }
    }
}
