using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>Turns versions in their order into the rows of a listing.</summary>
internal sealed class ListingWalk(VersionCursor cursor, Bucket bucket, ListingRequest request)
{
    // A name may have more versions than a page has time for; a leap costs about as much as reading this many.
    private const int ManyOlder = 16;
    private byte[]? _decided;
    private int _older;

    /// <summary>The next row; null after the last.</summary>
    public FileVersion? Next()
    {
        while (cursor.Read())
        {
            var version = cursor.Current;
            if (!request.AllVersions && !StandsForItsName(version))
            {
                continue;
            }
            if (FolderOf(version.NameBytes) is not { } folder)
            {
                return version;
            }
            cursor.LeapTo(FileNames.AfterAll(folder)!);
            return new()
            {
                Bucket = bucket,
                NameBytes = folder,
                Action = FileAction.Folder,
            };
        }
        return null;
    }

    /// <summary>A name stands for its newest version that is finished, unless that is a hide marker.</summary>
    private bool StandsForItsName(FileVersion version)
    {
        if (version.Action == FileAction.Start)
        {
            return false;
        }
        if (_decided is not null && _decided.AsSpan().SequenceEqual(version.NameBytes))
        {
            if (++_older == ManyOlder)
            {
                cursor.LeapBehind(version.NameBytes);
            }
            return false;
        }
        _decided = version.NameBytes;
        _older = 0;
        return version.Action != FileAction.Hide;
    }

    private byte[]? FolderOf(byte[] name)
    {
        if (request.Delimiter is not { } delimiter)
        {
            return null;
        }
        var found = name.AsSpan(request.Prefix.Length).IndexOf(delimiter);
        return found < 0 ? null : name[..(request.Prefix.Length + found + delimiter.Length)];
    }
}
