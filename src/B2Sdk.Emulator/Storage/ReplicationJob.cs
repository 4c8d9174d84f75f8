namespace B2Sdk.Emulator.Storage;

/// <summary>A version that is to be replicated to a bucket.</summary>
/// <param name="Version">The version.</param>
/// <param name="DestinationBucketId">The bucket's id.</param>
/// <param name="SourceKeyId">The key by which the version is read.</param>
internal sealed record ReplicationJob(FileVersion Version, string DestinationBucketId, string SourceKeyId)
{
    public ReplicaOffer ToOffer() =>
        new()
        {
            DestinationBucketId = DestinationBucketId,
            SourceKeyId = SourceKeyId,
            SourceFileId = Version.FileId,
            NameBytes = Version.NameBytes,
            IsHideMarker = Version.Action == FileAction.Hide,
            IsLarge = Version.Kind == Rules.FileIds.Large,
            Timestamp = Version.Place.Timestamp,
            Length = Version.Length,
            Sha1 = Version.Sha1,
            Md5 = Version.Md5,
            ContentType = Version.ContentType,
            Info = Version.Info,
            Retention = Version.Retention,
            LegalHold = Version.LegalHold,
        };
}
