using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>Turns versions in their order into the rows of a listing.</summary>
internal sealed class ListingWalk(VersionCursor cursor, Bucket bucket, ListingRequest request)
{
    // A name may have more versions than a page has time for; a leap costs about as much as reading this many.
    private const int ManyOlder = 16;
    private byte[]? _decided;
    private int _older;

    /// <summary>Reads the next row, which is good until the next is read; false after the last.</summary>
    public bool TryRead(out VersionRow row)
    {
        while (cursor.Read())
        {
            row = cursor.Current;
            if (!request.AllVersions && !StandsForItsName(row))
            {
                continue;
            }
            if (FolderOf(row.Name) is { } folder)
            {
                cursor.LeapTo(FileNames.AfterAll(folder)!);
                row = VersionRow.Folder(bucket, folder);
            }
            return true;
        }
        row = default;
        return false;
    }

    /// <summary>A name stands for its newest version that is finished, unless that is a hide marker.</summary>
    private bool StandsForItsName(VersionRow version)
    {
        if (version.Action == FileAction.Start)
        {
            return false;
        }
        if (_decided is not null && version.Name.SequenceEqual(_decided))
        {
            if (++_older == ManyOlder)
            {
                cursor.LeapBehind(_decided);
            }
            return false;
        }
        _decided = version.Name.ToArray();
        _older = 0;
        return version.Action != FileAction.Hide;
    }

    private byte[]? FolderOf(ReadOnlySpan<byte> name)
    {
        if (request.Delimiter is not { } delimiter)
        {
            return null;
        }
        var found = name[request.Prefix.Length..].IndexOf(delimiter);
        return found < 0 ? null : name[..(request.Prefix.Length + found + delimiter.Length)].ToArray();
    }
}
