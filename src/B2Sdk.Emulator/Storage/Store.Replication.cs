using System.Text;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    /// <summary>When what comes now is replicated, in milliseconds since 1970: at once, whatever the clock shows, unless it is held back.</summary>
    private long ReplicationDue => _options.ReplicationDelay > TimeSpan.Zero ? Now + (long)_options.ReplicationDelay.TotalMilliseconds : 0;

    /// <summary>The number of the newest version, so that a round of work can end there.</summary>
    public Task<long> FindLastVersionAsync() => _database.RunAsync(_ => _lastNumber);

    /// <summary>When the next replication is due, in milliseconds since 1970; null when there are none.</summary>
    public Task<long?> FindNextReplicationAsync() =>
        _database.RunAsync(sql =>
        {
            using var row = sql.Query("SELECT min(r.due) FROM replications r JOIN versions v ON v.number = r.version");
            return row.Read() && !row.IsDBNull(0) ? row.GetInt64(0) : (long?)null;
        });

    /// <summary>Takes the oldest version that is due for replication. What its bucket no longer asks for is dropped, and what is paused waits. Null when there are no more.</summary>
    public Task<ReplicationJob?> TakeReplicationAsync(long lastVersion)
    {
        var now = Now;
        return _database.RunAsync(sql =>
        {
            while (
                sql.Find(
                    $"""
                    SELECT {BucketColumns}, {VersionRow.Columns}, r.destination
                    FROM replications r JOIN versions v ON v.number = r.version JOIN buckets b ON b.row = v.bucket
                    WHERE r.due <= $1 AND r.version <= $2 ORDER BY r.version, r.destination LIMIT 1
                    """,
                    row => ReadJob(row),
                    now,
                    lastVersion
                )
                    is { } found
            )
            {
                var configuration = ReplicationConfiguration.Parse(found.Version.Bucket.Replication);
                switch (configuration.FindRule(found.Version.Name, found.DestinationBucketId))
                {
                    case { IsEnabled: true }:
                        return found with { SourceKeyId = configuration.SourceKeyId! };
                    case null:
                        var isStillCovered = configuration.FindDestinations(found.Version.Name).Count > 0;
                        EndReplication(sql, found, isStillCovered ? ReplicationStatus.Completed : null);
                        break;
                    default:
                        PutOff(sql, found, long.MaxValue);
                        break;
                }
            }
            return null;
        });
    }

    /// <summary>Checks that the key by which a version is read may read it.</summary>
    /// <exception cref="Refusal">It may not.</exception>
    public Task CheckReaderAsync(ReplicationJob job) =>
        _database.RunAsync(sql =>
        {
            var (version, keyId) = (job.Version, job.SourceKeyId);
            return MayUse(sql, keyId, Reading(version), version.Bucket, version.Name)
                ? true
                : throw Refusal.BadRequest($"The key {keyId} may not read this file of the bucket {version.Bucket.Name}");
        });

    /// <summary>Makes the replica when the destination is a bucket of this emulator; false when it is not.</summary>
    /// <exception cref="Refusal">The destination does not take it.</exception>
    public Task<bool> TryReplicateAsync(ReplicationJob job) =>
        _database.RunAsync(sql =>
        {
            if (FindBucket(sql, job.DestinationBucketId) is not { } destination)
            {
                return false;
            }
            // The version may have gone since it was looked up; there is then nothing to replicate.
            if (
                FindVersion(sql, job.Version.FileId, job.Version.Place) is not null
                && TryAddReplica(sql, destination, job.ToOffer()) is { } replica
            )
            {
                foreach (var segment in ListSegments(sql, job.Version.Place.Number))
                {
                    Insert(sql, replica.Place.Number, segment);
                }
            }
            return true;
        });

    /// <summary>Tells whether a replica that another emulator offers is still to come; false when it was taken before.</summary>
    /// <exception cref="Refusal">The destination is not here, or does not take it.</exception>
    public Task<bool> NeedsReplicaAsync(ReplicaOffer offer) =>
        _database.RunAsync(sql =>
        {
            var destination = RequireDestination(sql, offer);
            CheckWriter(sql, destination, offer);
            return !HasReplica(sql, destination, offer);
        });

    /// <summary>Takes a replica that another emulator offers, with its content. Does nothing when it was taken before.</summary>
    /// <exception cref="Refusal">The destination is not here, or does not take it.</exception>
    public Task AddReplicaAsync(ReplicaOffer offer, NewBlob blob) =>
        _database.RunAsync(sql =>
        {
            var replica = TryAddReplica(sql, RequireDestination(sql, offer), offer);
            if (replica is { Action: FileAction.Upload })
            {
                Insert(sql, blob);
                Insert(sql, replica.Place.Number, new() { Blob = blob.Id, Length = blob.Length });
                blob.Keep();
            }
            return replica;
        });

    /// <summary>Notes how a replication went.</summary>
    public Task EndReplicationAsync(ReplicationJob job, ReplicationStatus status) =>
        _database.RunAsync(sql =>
        {
            EndReplication(sql, job, status);
            return true;
        });

    /// <summary>Has a replication that failed tried again later; false when that was the last time, and it has failed for good.</summary>
    public Task<bool> RetryReplicationAsync(ReplicationJob job)
    {
        var now = Now;
        return _database.RunAsync(sql =>
        {
            var failures = sql.List(
                "UPDATE replications SET failures = failures + 1 WHERE version = $1 AND destination = $2 RETURNING failures",
                row => row.GetInt32(0),
                job.Version.Place.Number,
                job.DestinationBucketId
            );
            if (failures is not [var count])
            {
                // The version has gone meanwhile.
                return true;
            }
            if (RetrySchedule.NextAttempt(count, now) is { } due)
            {
                PutOff(sql, job, due);
                return true;
            }
            EndReplication(sql, job, ReplicationStatus.Failed);
            return false;
        });
    }

    /// <summary>Tells everybody who waits for it that a version has come: notification rules, and the buckets to which it is replicated.</summary>
    private FileVersion Announce(Sql sql, FileVersion version, string eventType)
    {
        Raise(sql, version, eventType);
        // What only its customer can read goes nowhere.
        if (version.Bucket.Replication == ReplicationConfiguration.None || version.Encryption.Mode == EncryptionMode.Customer)
        {
            return version;
        }
        var destinations = ReplicationConfiguration.Parse(version.Bucket.Replication).FindDestinations(version.Name);
        if (destinations.Count == 0)
        {
            return version;
        }
        foreach (var destination in destinations)
        {
            sql.Execute(
                "INSERT INTO replications (version, destination, due) VALUES ($1, $2, $3)",
                version.Place.Number,
                destination,
                ReplicationDue
            );
        }
        sql.AfterCommit(WorkAdded);
        SetStatus(sql, version.Place.Number, ReplicationStatus.Pending);
        return version with { Replication = ReplicationStatus.Pending };
    }

    /// <summary>Begins anew after a bucket's replication has changed: with what was paused, and with old files where a rule that is new asks for them.</summary>
    private void Replan(Sql sql, Bucket bucket, string before)
    {
        if (bucket.Replication == before)
        {
            return;
        }
        sql.Execute(
            "UPDATE replications SET due = min(due, $2) WHERE version IN (SELECT number FROM versions WHERE bucket = $1)",
            bucket.Row,
            ReplicationDue
        );
        var known = ReplicationConfiguration.Parse(before).Rules;
        foreach (var rule in ReplicationConfiguration.Parse(bucket.Replication).Rules)
        {
            if (rule is { IsEnabled: true, IncludesExistingFiles: true } && !known.Contains(rule))
            {
                PlanExisting(sql, bucket, rule);
            }
        }
        sql.AfterCommit(WorkAdded);
    }

    private void PlanExisting(Sql sql, Bucket bucket, ReplicationRule rule)
    {
        const string Existing =
            "bucket = $1 AND substr(name, 1, length($2)) = $2 AND action IN (1, 2) AND encryption <> 2 AND coalesce(replication, 0) <> 4";
        var prefix = FileNames.ToUtf8(rule.Prefix, "fileNamePrefix");
        sql.Execute(
            $"INSERT OR IGNORE INTO replications (version, destination, due) SELECT number, $3, $4 FROM versions WHERE {Existing}",
            bucket.Row,
            prefix,
            rule.DestinationBucketId,
            ReplicationDue
        );
        sql.Execute($"UPDATE versions SET replication = 1 WHERE {Existing}", bucket.Row, prefix);
    }

    /// <summary>Adds a replica without its content; null when it is there already.</summary>
    private FileVersion? TryAddReplica(Sql sql, Bucket destination, ReplicaOffer offer)
    {
        CheckWriter(sql, destination, offer);
        if (HasReplica(sql, destination, offer))
        {
            return null;
        }
        var draft = new FileDraft
        {
            NameBytes = offer.NameBytes,
            ContentType = offer.ContentType,
            Info = offer.Info,
            Protection = TakeProtection(destination, offer),
        };
        var (kind, action) = offer switch
        {
            { IsHideMarker: true } => (FileIds.HideMarker, FileAction.Hide),
            { IsLarge: true } => (FileIds.Large, FileAction.Upload),
            _ => (FileIds.Small, FileAction.Upload),
        };
        var version = offer.IsHideMarker
            ? NewVersion(destination, draft, kind, action, offer.Timestamp)
            : NewFile(destination, draft, kind, action, offer.Timestamp);
        var replica = version with { Length = offer.Length, Sha1 = offer.Sha1, Md5 = offer.Md5, Replication = ReplicationStatus.Replica };
        Insert(sql, replica);
        sql.Execute("UPDATE versions SET source = $2 WHERE number = $1", replica.Place.Number, offer.SourceFileId);
        SetStatus(sql, replica.Place.Number, ReplicationStatus.Replica);
        Raise(
            sql,
            replica,
            offer.IsHideMarker ? EventTypes.Hidden
                : offer.IsLarge ? EventTypes.MultipartReplicated
                : EventTypes.Replicated
        );
        return replica;
    }

    private static Bucket RequireDestination(Sql sql, ReplicaOffer offer) =>
        FindBucket(sql, offer.DestinationBucketId) ?? throw Refusal.NoSuchBucket(offer.DestinationBucketId);

    private static bool HasReplica(Sql sql, Bucket destination, ReplicaOffer offer)
    {
        using var same = sql.Query(
            "SELECT 1 FROM versions WHERE bucket = $1 AND name = $2 AND timestamp = $3 AND source = $4",
            destination.Row,
            offer.NameBytes,
            offer.Timestamp,
            offer.SourceFileId
        );
        return same.Read();
    }

    /// <summary>Checks that the destination takes replicas from the sender, and that the key by which they are written may write this one.</summary>
    private void CheckWriter(Sql sql, Bucket destination, ReplicaOffer offer)
    {
        var mapping = ReplicationConfiguration.Parse(destination.Replication).KeyMapping;
        if (mapping?.GetValueOrDefault(offer.SourceKeyId) is not { } keyId)
        {
            throw Refusal.BadRequest($"The bucket {destination.Name} takes no replicas from the key {offer.SourceKeyId}");
        }
        if (!MayUse(sql, keyId, Writing(TakeProtection(destination, offer)), destination, Encoding.UTF8.GetString(offer.NameBytes)))
        {
            throw Refusal.BadRequest($"The key {keyId} may not write this file to the bucket {destination.Name}");
        }
    }

    /// <summary>The lock that a replica brings with it, which only a locked bucket can take. Its encryption is that of the bucket.</summary>
    private FileProtection TakeProtection(Bucket destination, ReplicaOffer offer) =>
        destination.IsLocked
            ? new() { Retention = offer.Retention?.IsInForceAt(Now) == true ? offer.Retention : null, LegalHold = offer.LegalHold }
            : FileProtection.None;

    private static IEnumerable<string> Reading(FileVersion version) =>
        [
            Capabilities.ReadFiles,
            .. version.Retention is null ? [] : (string[])[Capabilities.ReadFileRetentions],
            .. version.LegalHold is null ? [] : (string[])[Capabilities.ReadFileLegalHolds],
        ];

    private static IEnumerable<string> Writing(FileProtection protection) =>
        [
            Capabilities.WriteFiles,
            .. protection.Retention is null ? [] : (string[])[Capabilities.WriteFileRetentions],
            .. protection.LegalHold is null ? [] : (string[])[Capabilities.WriteFileLegalHolds],
        ];

    private bool MayUse(Sql sql, string keyId, IEnumerable<string> capabilities, Bucket bucket, string fileName) =>
        sql.Find($"SELECT {KeyColumns} FROM keys WHERE id = $1", ReadKey, keyId) is { } key
        && key.AccountId == bucket.AccountId
        && !key.IsExpiredAt(Now)
        && capabilities.All(key.Has)
        && key.AllowsBucket(bucket.Id)
        && key.AllowsName(fileName);

    private static void EndReplication(Sql sql, ReplicationJob job, ReplicationStatus? status)
    {
        var number = job.Version.Place.Number;
        sql.Execute("DELETE FROM replications WHERE version = $1 AND destination = $2", number, job.DestinationBucketId);
        // A version that goes to two buckets has failed when one of them failed, and is completed when both are.
        sql.Execute(
            """
            UPDATE versions SET replication = CASE WHEN replication = 3 THEN 3 ELSE $2 END
            WHERE number = $1 AND ($2 = 3 OR NOT EXISTS (SELECT 1 FROM replications WHERE version = $1))
            """,
            number,
            (int?)status
        );
    }

    private static void PutOff(Sql sql, ReplicationJob job, long due) =>
        sql.Execute(
            "UPDATE replications SET due = $3 WHERE version = $1 AND destination = $2",
            job.Version.Place.Number,
            job.DestinationBucketId,
            due
        );

    private static void SetStatus(Sql sql, long version, ReplicationStatus status) =>
        sql.Execute("UPDATE versions SET replication = $2 WHERE number = $1", version, (int)status);

    private static Bucket? FindBucket(Sql sql, string bucketId) =>
        sql.Find($"SELECT {BucketColumns} FROM buckets b WHERE b.id = $1", row => ReadBucket(row, 0), bucketId);

    private static ReplicationJob ReadJob(SqliteDataReader row) =>
        new(VersionRow.Read(row, ReadBucket(row, 0), BucketColumnCount).ToVersion(), row.GetString(row.FieldCount - 1), SourceKeyId: "");
}
