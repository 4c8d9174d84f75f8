using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>Turns versions in their order into the rows of a listing.</summary>
internal sealed class ListingWalk(VersionCursor cursor, Bucket bucket, ListingRequest request)
{
    private byte[]? _decided;

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
        if (version.Action == FileAction.Start || (_decided is not null && _decided.AsSpan().SequenceEqual(version.NameBytes)))
        {
            return false;
        }
        _decided = version.NameBytes;
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
