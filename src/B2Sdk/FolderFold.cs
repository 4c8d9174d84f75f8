namespace B2Sdk;

/// <summary>Shows what lies below the next slash as one folder, for listings whose filters must see every name first.</summary>
internal sealed class FolderFold(string prefix)
{
    private string? _last;

    /// <summary>The row itself, the folder that it is the first of, or null when its folder was shown already.</summary>
    public FileVersion? Fold(FileVersion file)
    {
        var slash = file.FileName.IndexOf('/', prefix.Length);
        if (slash < 0)
        {
            return file;
        }
        var folder = file.FileName[..(slash + 1)];
        if (folder == _last)
        {
            return null;
        }
        _last = folder;
        return new()
        {
            FileName = folder,
            Action = FileAction.Folder,
            AccountId = file.AccountId,
            BucketId = file.BucketId,
        };
    }

    /// <summary>Where to go on: behind the folder that was shown, as nothing more of it is wanted.</summary>
    public (string? Name, string? Id) SkipTo(string? nextName, string? nextId) =>
        // In byte order the character after a slash is a zero, so this is the first name behind all of the folder's.
        nextName is not null
        && _last is not null
        && nextName.StartsWith(_last, StringComparison.Ordinal)
            ? ($"{_last[..^1]}0", null)
            : (nextName, nextId);
}
