using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    /// <summary>Adds a version that shares the bytes of another.</summary>
    /// <param name="accountId">Whose bucket it is.</param>
    /// <param name="bucketId">The bucket.</param>
    /// <param name="draft">What is said of the copy.</param>
    /// <param name="source">The version to copy.</param>
    /// <param name="stretch">What of it to copy.</param>
    /// <param name="sha1">The stretch's SHA-1; null when it has none, as large files.</param>
    /// <param name="md5">The stretch's MD5; null when it has none.</param>
    public Task<FileVersion> AddCopyAsync(
        string accountId,
        string bucketId,
        FileDraft draft,
        FileVersion source,
        ByteStretch stretch,
        string? sha1,
        string? md5
    ) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            // The source may have gone since it was looked up.
            var segments = FindVersion(sql, source.FileId, source.Place) is null
                ? throw Http.Refusal.NotFound($"No such file: {source.FileId}")
                : Cut(ListSegments(sql, source.Place.Number), stretch);
            var kind = sha1 is null ? FileIds.Large : FileIds.Small;
            var version = NewFile(bucket, draft, kind, FileAction.Upload, timestamp: null) with
            {
                Length = stretch.Length,
                Sha1 = sha1 ?? "none",
                Md5 = md5,
            };
            Insert(sql, version);
            foreach (var segment in segments)
            {
                Insert(sql, version.Place.Number, segment);
            }
            return Announce(sql, version, EventTypes.Copied);
        });

    /// <summary>Adds a part that shares the bytes of a small file, which are one blob.</summary>
    public Task<Segment> AddSharedPartAsync(string accountId, string fileId, int number, FileVersion source)
    {
        var place = FileIds.Require(fileId);
        return _database.RunAsync(sql =>
        {
            RequireUnfinished(sql, accountId, fileId, place);
            // The source may have gone since it was looked up.
            if (FindVersion(sql, source.FileId, source.Place) is null)
            {
                throw Http.Refusal.NotFound($"No such file: {source.FileId}");
            }
            var part = ListSegments(sql, source.Place.Number).Single() with
            {
                Number = number,
                Sha1 = source.Sha1!.Replace("unverified:", "", StringComparison.Ordinal),
                Md5 = source.Md5,
                Timestamp = Now,
            };
            PutPart(sql, accountId, place.Number, part);
            return part;
        });
    }

    /// <summary>The segments of a stretch, numbered from 1.</summary>
    public static List<Segment> Cut(IEnumerable<Segment> segments, ByteStretch stretch)
    {
        var cut = new List<Segment>();
        long position = 0;
        foreach (var segment in segments)
        {
            var from = Math.Max(stretch.Start, position);
            var to = Math.Min(stretch.Start + stretch.Length, position + segment.Length);
            if (from < to || (segment.Length == 0 && stretch.Length == 0))
            {
                cut.Add(segment with { Number = cut.Count + 1, Start = segment.Start + from - position, Length = to - from });
            }
            position += segment.Length;
        }
        return cut;
    }
}
