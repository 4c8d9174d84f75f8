namespace B2Sdk;

/// <summary>Chooses among the versions of one name, newest first, which of them a clean-up deletes.</summary>
internal sealed class CleanUpChoice(CleanUpOptions options, string fileName, DateTimeOffset latest)
{
    private readonly BulkName _name = new();
    private FileVersion? _newest;
    private DateTimeOffset _replacedAt;
    private bool _leavesSomething;

    public string FileName => fileName;

    /// <summary>What to do to the next older version; null for nothing, or nothing yet.</summary>
    public BulkStep? Consider(FileVersion file)
    {
        if (file.Action == FileAction.Start)
        {
            return options.UnfinishedFiles && file.UploadTimestamp <= latest ? new(file, BulkAction.Cancel) : null;
        }
        var replacedAt = _replacedAt;
        _replacedAt = file.UploadTimestamp;
        if (_newest is null)
        {
            _newest = file;
            return null;
        }
        var isWanted = options.OldVersions || (options.HideMarkers && file.Action == FileAction.Hide);
        if (isWanted && replacedAt <= latest)
        {
            return _name.Below(file);
        }
        _leavesSomething = true;
        return null;
    }

    /// <summary>All versions were considered: the newest goes when it is a hide marker with nothing left to hide.</summary>
    public BulkStep? Close()
    {
        var hidesNothing = _newest?.Action == FileAction.Hide && !_leavesSomething && _newest.UploadTimestamp <= latest;
        return _name.Close(options.HideMarkers && hidesNothing ? _newest : null);
    }
}
