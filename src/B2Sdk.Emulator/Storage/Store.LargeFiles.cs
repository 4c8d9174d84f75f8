using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    private const int MinParts = 2;
    private const long LargestFile = 10_000_000_000_000;

    public Task<FileVersion> StartLargeFileAsync(string accountId, string bucketId, FileDraft draft, long? timestamp) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            var version = NewFile(bucket, draft, FileIds.Large, FileAction.Start, timestamp) with { Sha1 = "none" };
            Insert(sql, version);
            return version;
        });

    /// <summary>Returns an unfinished file.</summary>
    public Task<FileVersion> GetUnfinishedAsync(string accountId, string fileId)
    {
        var place = FileIds.Require(fileId);
        return _database.RunAsync(sql => RequireUnfinished(sql, accountId, fileId, place));
    }

    /// <summary>Adds a part, or puts it in place of the one with its number.</summary>
    public Task<Segment> AddPartAsync(string accountId, string fileId, int number, NewBlob blob, bool isUnverified)
    {
        var place = FileIds.Require(fileId);
        var part = new Segment
        {
            Number = number,
            Blob = blob.Id,
            Length = blob.Length,
            Sha1 = isUnverified ? "unverified:" + blob.Sha1 : blob.Sha1,
            Md5 = blob.Md5,
            Timestamp = Now,
        };
        return _database.RunAsync(sql =>
        {
            RequireUnfinished(sql, accountId, fileId, place);
            Insert(sql, blob);
            PutPart(sql, accountId, place.Number, part);
            blob.Keep();
            return part;
        });
    }

    /// <summary>Returns parts in the order of their numbers.</summary>
    public Task<(FileVersion File, List<Segment> Parts)> ListPartsAsync(
        string accountId,
        string fileId,
        int startNumber,
        int count,
        Action<FileVersion> check
    )
    {
        var place = FileIds.Require(fileId);
        return _database.RunAsync(sql =>
        {
            var file = RequireUnfinished(sql, accountId, fileId, place);
            check(file);
            var parts = sql.List(
                """
                SELECT number, blob, start, length, sha1, md5, timestamp FROM segments
                WHERE version = $1 AND number >= $2 ORDER BY number LIMIT $3
                """,
                ReadSegment,
                place.Number,
                startNumber,
                count
            );
            return (file, parts);
        });
    }

    /// <summary>Makes the parts a file, which shows at once.</summary>
    public Task<FileVersion> FinishLargeFileAsync(
        string accountId,
        string fileId,
        IReadOnlyList<string> sha1s,
        long minimumPartSize,
        Action<FileVersion> check
    )
    {
        var place = FileIds.Require(fileId);
        return _database.RunAsync(sql =>
        {
            var file = RequireUnfinished(sql, accountId, fileId, place);
            check(file);
            var parts = ListSegments(sql, place.Number);
            CheckParts(parts, sha1s, minimumPartSize);
            var length = parts.Sum(part => part.Length);
            sql.Execute("UPDATE versions SET action = $2, length = $3 WHERE number = $1", place.Number, (int)FileAction.Upload, length);
            var finished = file with { Action = FileAction.Upload, Length = length };
            return Announce(sql, finished, EventTypes.MultipartUploaded);
        });
    }

    /// <summary>Deletes an unfinished file with its parts.</summary>
    public Task<FileVersion> CancelLargeFileAsync(string accountId, string fileId, Action<FileVersion> check)
    {
        var place = FileIds.Require(fileId);
        return _database.RunAsync(sql =>
        {
            var file = RequireUnfinished(sql, accountId, fileId, place);
            check(file);
            Delete(sql, file);
            return file;
        });
    }

    private void PutPart(Sql sql, string accountId, long version, Segment part)
    {
        var replaced = sql.List(
            "DELETE FROM segments WHERE version = $1 AND number = $2 RETURNING blob",
            row => row.GetInt64(0),
            version,
            part.Number
        );
        TakeRoom(sql, accountId, part.Length);
        Insert(sql, version, part);
        replaced.ForEach(blob => DeleteUnused(sql, blob));
    }

    /// <summary>Checks that parts make a file.</summary>
    internal static void CheckParts(List<Segment> parts, IReadOnlyList<string> sha1s, long minimumPartSize)
    {
        if (sha1s.Count < MinParts)
        {
            throw Refusal.BadRequest($"large files must have at least {MinParts} parts");
        }
        for (var i = 0; i < sha1s.Count; i++)
        {
            if (i >= parts.Count || parts[i].Number != i + 1)
            {
                throw new Refusal(400, "missing_part", $"Part number {i + 1} has not been uploaded");
            }
            if (!Digest(parts[i]).Equals(sha1s[i], StringComparison.OrdinalIgnoreCase))
            {
                throw new Refusal(400, "part_sha1_mismatch", $"Part number {i + 1} has the sha1 {Digest(parts[i])}, not {sha1s[i]}");
            }
        }
        if (parts.Count > sha1s.Count)
        {
            throw Refusal.BadRequest($"partSha1Array has {sha1s.Count} elements, and {parts.Count} parts have been uploaded");
        }
        if (parts.SkipLast(1).FirstOrDefault(part => part.Length < minimumPartSize) is { } small)
        {
            throw Refusal.BadRequest(
                $"Part number {small.Number} is smaller than absoluteMinimumPartSize: it has {small.Length} bytes, and only the last may have fewer than {minimumPartSize}"
            );
        }
        if (parts.Sum(part => part.Length) is > LargestFile and var length)
        {
            throw Refusal.BadRequest($"The file has {length} bytes; it must have at most {LargestFile}");
        }
    }

    private static string Digest(Segment part) => part.Sha1!.Replace("unverified:", "", StringComparison.Ordinal);

    private static FileVersion RequireUnfinished(Sql sql, string accountId, string fileId, VersionPlace place) =>
        FindVersion(sql, fileId, place) is { Action: FileAction.Start } file && file.Bucket.AccountId == accountId
            ? file
            : throw Refusal.BadRequest($"No active upload for: {fileId}");
}
