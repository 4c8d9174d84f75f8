using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    // The SHA-1 and the MD5 of no bytes at all, which hide markers carry.
    private const string EmptySha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    private const string EmptyMd5 = "d41d8cd98f00b204e9800998ecf8427e";

    /// <summary>Makes an uploaded blob a version, which shows at once.</summary>
    /// <param name="accountId">Whose bucket it is.</param>
    /// <param name="bucketId">The bucket.</param>
    /// <param name="draft">What is said of the file.</param>
    /// <param name="blob">The content.</param>
    /// <param name="timestamp">When it counts as uploaded; null for now.</param>
    public Task<FileVersion> AddUploadAsync(string accountId, string bucketId, FileDraft draft, NewBlob blob, long? timestamp) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            var version = NewFile(bucket, draft, FileIds.Small, FileAction.Upload, timestamp) with
            {
                Length = blob.Length,
                Sha1 = draft.IsUnverified ? "unverified:" + blob.Sha1 : blob.Sha1,
                Md5 = blob.Md5,
            };
            Insert(sql, version);
            Insert(sql, blob);
            Insert(sql, version.Place.Number, new() { Blob = blob.Id, Length = blob.Length });
            blob.Keep();
            return Announce(sql, version, EventTypes.Uploaded);
        });

    /// <summary>Finds a version of any kind by its id; null when there is none, or it is another account's.</summary>
    public Task<FileVersion?> FindVersionAsync(string accountId, string fileId)
    {
        var place = FileIds.Require(fileId);
        return _database.RunAsync(sql =>
            FindVersion(sql, fileId, place) is { } found && found.Bucket.AccountId == accountId ? found : null
        );
    }

    /// <summary>Finds a version whoever owns it, as public downloads do.</summary>
    public Task<FileVersion?> FindVersionAsync(string fileId)
    {
        var place = FileIds.Require(fileId);
        return _database.RunAsync(sql => FindVersion(sql, fileId, place));
    }

    /// <summary>Finds the version that a name stands for; null when there is none, or it is hidden.</summary>
    public Task<FileVersion?> FindNewestAsync(Bucket bucket, byte[] name) =>
        _database.RunAsync(sql => Newest(sql, bucket, name) is { Action: FileAction.Upload } newest ? newest : null);

    public Task<FileVersion> HideAsync(string accountId, string bucketId, byte[] name, string shownName) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            var newest = Newest(sql, bucket, name) ?? throw new Refusal(400, "no_such_file", $"File not present: {shownName}");
            if (newest.Action == FileAction.Hide)
            {
                throw new Refusal(400, "already_hidden", $"File already hidden: {shownName}");
            }
            // A file whose upload is dated in the future, or in this very second, is hidden all the same.
            var marker = NewMarker(bucket, name, Math.Max(NowInSeconds, newest.Place.Timestamp));
            Insert(sql, marker);
            return Announce(sql, marker, EventTypes.Hidden);
        });

    /// <summary>Deletes a version for good: an upload, a hide marker, or an unfinished file.</summary>
    public Task<FileVersion> DeleteVersionAsync(
        string accountId,
        string fileId,
        string fileName,
        Func<FileVersion, long, bool> isProtectedAt
    )
    {
        var place = FileIds.Require(fileId);
        return _database.RunAsync(sql =>
        {
            var version = RequireVersion(sql, accountId, fileId, fileName, place);
            if (isProtectedAt(version, Now))
            {
                throw Refusal.DeletionDenied();
            }
            Delete(sql, version);
            if (version.Action != FileAction.Start)
            {
                Raise(sql, version, EventTypes.Deleted);
            }
            return version;
        });
    }

    /// <summary>Returns the content of a version in order, and whether it only stands in for what was uploaded.</summary>
    public Task<(List<Segment> Segments, bool IsStandIn)> GetContentAsync(FileVersion version) =>
        _database.RunAsync(sql =>
        {
            using var standIn = sql.Query(
                "SELECT 1 FROM segments s JOIN blobs b ON b.id = s.blob WHERE s.version = $1 AND b.fill < 0 LIMIT 1",
                version.Place.Number
            );
            return (ListSegments(sql, version.Place.Number), standIn.Read());
        });

    /// <summary>Returns the content of a version in order.</summary>
    public Task<List<Segment>> GetSegmentsAsync(FileVersion version) => _database.RunAsync(sql => ListSegments(sql, version.Place.Number));

    private static List<Segment> ListSegments(Sql sql, long version) =>
        sql.List(
            "SELECT number, blob, start, length, sha1, md5, timestamp FROM segments WHERE version = $1 ORDER BY number",
            ReadSegment,
            version
        );

    private static FileVersion? FindVersion(Sql sql, string fileId, VersionPlace place) =>
        sql.Find(
            $"SELECT {BucketColumns}, {VersionRow.Columns} FROM versions v JOIN buckets b ON b.row = v.bucket WHERE v.number = $1",
            row => VersionRow.Read(row, ReadBucket(row, 0), BucketColumnCount).ToVersion(),
            place.Number
        )
            is { } found
        && found.FileId == fileId
            ? found
            : null;

    private static FileVersion RequireVersion(Sql sql, string accountId, string fileId, string fileName, VersionPlace place)
    {
        var version = FindVersion(sql, fileId, place);
        return version is not null && version.Bucket.AccountId == accountId && version.Name == fileName
            ? version
            : throw Refusal.FileNotPresent(fileName, fileId);
    }

    // An unfinished file on top does not hide what lies below.
    private static FileVersion? Newest(Sql sql, Bucket bucket, byte[] name) =>
        sql.Find(
            $"SELECT {VersionRow.Columns} FROM versions v WHERE v.bucket = $1 AND v.name = $2 AND v.action <> 3 ORDER BY v.timestamp DESC, v.number DESC LIMIT 1",
            row => VersionRow.Read(row, bucket).ToVersion(),
            bucket.Row,
            name
        );

    private FileVersion NewVersion(Bucket bucket, FileDraft draft, char kind, FileAction action, long? timestamp) =>
        new()
        {
            Bucket = bucket,
            NameBytes = draft.NameBytes,
            Place = new(timestamp ?? NowInSeconds, ++_lastNumber),
            Kind = kind,
            Action = action,
            ContentType = draft.ContentType,
            Info = draft.Info,
        };

    private FileVersion NewMarker(Bucket bucket, byte[] name, long timestamp) =>
        NewVersion(
            bucket,
            new() { NameBytes = name, ContentType = ContentTypes.HideMarker },
            FileIds.HideMarker,
            FileAction.Hide,
            timestamp
        ) with
        {
            Sha1 = EmptySha1,
            Md5 = EmptyMd5,
        };

    private void Insert(Sql sql, FileVersion version)
    {
        TakeRoom(sql, version.Bucket.AccountId, version.Length);
        sql.Execute(
            """
            INSERT INTO versions (bucket, name, timestamp, number, kind, action, length, sha1, md5, content_type, info,
                encryption, key_mark, retention_mode, retain_until, legal_hold)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            version.Bucket.Row,
            version.NameBytes,
            version.Place.Timestamp,
            version.Place.Number,
            (int)version.Kind,
            (int)version.Action,
            version.Length,
            StoredDigest.Of(version.Sha1),
            StoredDigest.Of(version.Md5),
            version.ContentType,
            version.Info,
            (int)version.Encryption.Mode,
            version.Encryption.KeyMark,
            (int?)version.Retention?.Mode,
            version.Retention?.Until,
            ToInteger(version.LegalHold)
        );
    }

    private static void Insert(Sql sql, NewBlob blob) =>
        sql.Execute("INSERT INTO blobs (id, bytes, fill) VALUES ($1, $2, $3)", blob.Id, blob.Bytes, blob.Fill);

    private static void Insert(Sql sql, long version, Segment segment) =>
        sql.Execute(
            "INSERT INTO segments (version, number, blob, start, length, sha1, md5, timestamp) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            version,
            segment.Number,
            segment.Blob,
            segment.Start,
            segment.Length,
            segment.Sha1,
            segment.Md5,
            segment.Timestamp
        );

    private void Delete(Sql sql, FileVersion version)
    {
        sql.Execute("DELETE FROM versions WHERE number = $1", version.Place.Number);
        sql.Execute("DELETE FROM replications WHERE version = $1", version.Place.Number);
        var segments = ListSegments(sql, version.Place.Number);
        sql.Execute("DELETE FROM segments WHERE version = $1", version.Place.Number);
        foreach (var blob in segments.Select(segment => segment.Blob).Distinct())
        {
            DeleteUnused(sql, blob);
        }
    }

    /// <summary>Deletes a blob that no segment uses any more; copies share theirs.</summary>
    private void DeleteUnused(Sql sql, long blob)
    {
        using (var users = sql.Query("SELECT 1 FROM segments WHERE blob = $1 LIMIT 1", blob))
        {
            if (users.Read())
            {
                return;
            }
        }
        using (var deleted = sql.Query("DELETE FROM blobs WHERE id = $1 RETURNING bytes IS NULL AND fill IS NULL", blob))
        {
            if (!deleted.Read() || deleted.GetInt64(0) == 0)
            {
                return;
            }
        }
        sql.AfterCommit(() => DeleteUnlessSaved(blob));
    }

    private static Segment ReadSegment(SqliteDataReader row) =>
        new()
        {
            Number = row.GetInt32(0),
            Blob = row.GetInt64(1),
            Start = row.GetInt64(2),
            Length = row.GetInt64(3),
            Sha1 = row.IsDBNull(4) ? null : row.GetString(4),
            Md5 = row.IsDBNull(5) ? null : row.GetString(5),
            Timestamp = row.GetInt64(6),
        };
}
