using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    /// <summary>Refuses what would be refused once the content has come, while that is still to come.</summary>
    public Task CheckAsync(string accountId, string bucketId, FileDraft draft) =>
        _database.RunAsync(sql => Protect(RequireBucket(sql, accountId, bucketId), draft));

    public Task UpdateRetentionAsync(string accountId, string fileId, string fileName, Retention? retention, bool bypassGovernance)
    {
        var place = FileIds.Require(fileId);
        return _database.RunAsync(sql =>
        {
            var version = RequireLockable(sql, accountId, fileId, fileName, place);
            RetentionRules.CheckChange(version.Retention, retention, bypassGovernance, Now);
            return sql.Execute(
                "UPDATE versions SET retention_mode = $2, retain_until = $3 WHERE number = $1",
                place.Number,
                (int?)retention?.Mode,
                retention?.Until
            );
        });
    }

    public Task UpdateLegalHoldAsync(string accountId, string fileId, string fileName, bool isHeld)
    {
        var place = FileIds.Require(fileId);
        return _database.RunAsync(sql =>
        {
            RequireLockable(sql, accountId, fileId, fileName, place);
            return sql.Execute("UPDATE versions SET legal_hold = $2 WHERE number = $1", place.Number, ToInteger(isHeld));
        });
    }

    /// <summary>A version for content, encrypted and locked as its uploader asks or else as the bucket does.</summary>
    private FileVersion NewFile(Bucket bucket, FileDraft draft, char kind, FileAction action, long? timestamp)
    {
        var (encryption, retention) = Protect(bucket, draft);
        return NewVersion(bucket, draft, kind, action, timestamp) with
        {
            Encryption = encryption,
            Retention = retention,
            LegalHold = draft.Protection.LegalHold,
        };
    }

    private (Encryption Encryption, Retention? Retention) Protect(Bucket bucket, FileDraft draft)
    {
        var asked = draft.Protection;
        var encryption = asked.Encryption ?? Encryption.Of(bucket.DefaultEncryption);
        var retention = RetentionRules.OnArrival(
            asked.Retention,
            asked.LegalHold,
            bucket.IsLocked,
            DefaultRetention.Parse(bucket.DefaultRetention),
            Now
        );
        if (bucket.IsLocked || encryption.Mode != EncryptionMode.None)
        {
            FileInfoRules.CheckProtectedLength(draft.Name, draft.Info);
        }
        return (encryption, retention);
    }

    /// <summary>Finds a version whose lock may be changed: content in a locked bucket.</summary>
    private static FileVersion RequireLockable(Sql sql, string accountId, string fileId, string fileName, VersionPlace place)
    {
        var version = RequireVersion(sql, accountId, fileId, fileName, place);
        RetentionRules.RequireLock(version.Bucket.IsLocked);
        if (version.Action != FileAction.Upload)
        {
            throw Refusal.BadRequest($"Only files can be locked, and {fileId} is a hide marker or not finished");
        }
        return FileInfoRules.CanBeLocked(version.Name, version.Info)
            ? version
            : throw new Refusal(
                400,
                "metadata_exceeded",
                "File name and file info are too long for Object Lock; copy the file with the metadataDirective REPLACE"
            );
    }

    private static int? ToInteger(bool? value) =>
        value switch
        {
            null => null,
            true => 1,
            false => 0,
        };
}
