using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class B2Api
{
    /// <summary>Returns what B2 knows of a version.</summary>
    /// <param name="fileId">The version's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">There is no such version, or it is an unfinished large file.</exception>
    public Task<FileVersion> GetFileInfoByIdAsync(string fileId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        return _session.CallAsync(FileEndpoints.GetInfo, new() { FileId = fileId }, cancellationToken);
    }

    /// <summary>Returns what B2 knows of the newest version of a file, without its bytes.</summary>
    /// <remarks>It comes as headers, which lack the account, the bucket and the MD5.</remarks>
    /// <param name="bucketName">The bucket's name.</param>
    /// <param name="fileName">The file's name in the bucket.</param>
    /// <param name="encryption">The encryption with its key, for a file that was stored with <see cref="EncryptionSetting.SseC"/>; null for others.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">There is no such bucket or file, or it is hidden.</exception>
    public Task<FileVersion> GetFileInfoByNameAsync(
        string bucketName,
        string fileName,
        EncryptionSetting? encryption = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(bucketName);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        encryption?.ValidateForReading("encryption", nameof(encryption));
        return _session.HeadAsync(
            authorization => RawUri.FileByName(authorization.DownloadUrl, bucketName, fileName),
            fileName,
            encryption,
            cancellationToken
        );
    }

    /// <summary>Deletes one version for good: an upload, a hide marker, or an unfinished large file.</summary>
    /// <remarks>An older version, if there is one, is the newest then.</remarks>
    /// <param name="fileName">The version's name.</param>
    /// <param name="fileId">The version's id.</param>
    /// <param name="bypassGovernance">True to go past a retention in governance mode, where the key may. Default: false.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">No version has this name and id.</exception>
    /// <exception cref="B2AccessDeniedException">The version is locked by a retention or a legal hold.</exception>
    public async Task DeleteFileVersionAsync(
        string fileName,
        string fileId,
        bool bypassGovernance = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        var request = new DeleteFileVersionRequest
        {
            FileName = fileName,
            FileId = fileId,
            BypassGovernance = bypassGovernance ? true : null,
        };
        try
        {
            await _session.CallAsync(FileEndpoints.DeleteVersion, request, cancellationToken).ConfigureAwait(false);
        }
        catch (B2NotFoundException e) when (e.FollowsLostAnswer)
        {
            // An earlier attempt deleted it, and its answer was lost.
        }
    }

    /// <summary>Sets, prolongs, shortens or removes the retention of a version, as far as the one in force lets it.</summary>
    /// <param name="fileName">The version's name.</param>
    /// <param name="fileId">The version's id.</param>
    /// <param name="retention">The new retention; <see cref="FileRetention.None"/> removes one in governance mode.</param>
    /// <param name="bypassGovernance">True to shorten or remove a retention in governance mode, where the key may. Default: false.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The retention now in force.</returns>
    /// <exception cref="ArgumentException">The retention has a mode and no end, or an end and no mode. Nothing was sent.</exception>
    /// <exception cref="B2AccessDeniedException">The retention in force does not allow it.</exception>
    /// <exception cref="B2Exception"><see cref="B2ErrorCode.BucketMissingFileLock"/>, <see cref="B2ErrorCode.RetainUntilTimestampMustBeInFuture"/>.</exception>
    public async Task<FileRetention> UpdateFileRetentionAsync(
        string fileName,
        string fileId,
        FileRetention retention,
        bool bypassGovernance = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        ArgumentNullException.ThrowIfNull(retention);
        retention.Validate(mayBeNone: true, nameof(retention));
        var request = new UpdateFileRetentionRequest
        {
            FileName = fileName,
            FileId = fileId,
            FileRetention = retention,
            BypassGovernance = bypassGovernance ? true : null,
        };
        return (await _session.CallAsync(FileEndpoints.UpdateRetention, request, cancellationToken).ConfigureAwait(false)).FileRetention;
    }

    /// <summary>Puts a legal hold on a version, or lifts it. A held version cannot be deleted, whatever its retention says.</summary>
    /// <param name="fileName">The version's name.</param>
    /// <param name="fileId">The version's id.</param>
    /// <param name="legalHold"><see cref="LegalHold.On"/> or <see cref="LegalHold.Off"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The hold now in force.</returns>
    /// <exception cref="B2UnauthorizedException">The key may not set legal holds.</exception>
    /// <exception cref="B2Exception"><see cref="B2ErrorCode.BucketMissingFileLock"/> when the bucket's files cannot be locked.</exception>
    public async Task<LegalHold> UpdateFileLegalHoldAsync(
        string fileName,
        string fileId,
        LegalHold legalHold,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        legalHold.Validate(nameof(legalHold));
        var request = new UpdateFileLegalHoldRequest
        {
            FileName = fileName,
            FileId = fileId,
            LegalHold = legalHold,
        };
        return (await _session.CallAsync(FileEndpoints.UpdateLegalHold, request, cancellationToken).ConfigureAwait(false)).LegalHold;
    }
}
