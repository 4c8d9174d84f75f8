using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class Bucket
{
    /// <summary>Hides a file: listings of names and downloads by name no longer find it, and its versions stay.</summary>
    /// <param name="fileName">The file's name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The hide marker. Deleting it shows the file again.</returns>
    /// <exception cref="B2NotFoundException">No version has this name.</exception>
    /// <exception cref="B2Exception"><see cref="B2ErrorCode.AlreadyHidden"/> when it is hidden already.</exception>
    public async Task<FileVersion> HideFileAsync(string fileName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        try
        {
            return await _api
                .Session.CallAsync(FileEndpoints.Hide, new() { BucketId = Id, FileName = fileName }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (B2Exception e) when (e.Code == B2ErrorCode.AlreadyHidden && e.FollowsLostAnswer)
        {
            // An earlier attempt hid it, and its answer was lost: the marker is the newest version.
            var newest = await ListFileVersionsAsync(fileName, cancellationToken: cancellationToken)
                .FirstOrDefaultAsync(file => file.Action != FileAction.Start, cancellationToken)
                .ConfigureAwait(false);
            if (newest?.Action == FileAction.Hide)
            {
                return newest;
            }
            throw;
        }
    }

    /// <summary>Shows a hidden file again, by deleting the hide markers on top of its newest upload.</summary>
    /// <remarks>Usually there is one marker; there are several where the uploads between them were deleted. The last one to go is the newest, so that it is all or nothing.</remarks>
    /// <param name="fileName">The file's name.</param>
    /// <param name="bypassGovernance">True to go past a retention in governance mode, where the key may. Default: false.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The version that is shown again.</returns>
    /// <exception cref="B2NotFoundException">No upload has this name, so that there is nothing to show.</exception>
    /// <exception cref="B2Exception"><see cref="B2ErrorCode.FileNotHidden"/> when it is not hidden.</exception>
    public async Task<FileVersion> UnhideFileAsync(
        string fileName,
        bool bypassGovernance = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        var markers = new Stack<FileVersion>();
        await foreach (var version in ListFileVersionsAsync(fileName, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (version.Action == FileAction.Hide)
            {
                markers.Push(version);
                continue;
            }
            // An unfinished large file on top shows and hides nothing.
            if (version.Action == FileAction.Start)
            {
                continue;
            }
            if (markers.Count == 0)
            {
                throw new B2Exception(
                    $"The file '{fileName}' is not hidden: its newest version is the {version.Action} {version.FileId}.",
                    null,
                    new()
                    {
                        Code = B2ErrorCode.FileNotHidden,
                        Operation = FileEndpoints.ListVersions.Operation,
                        Subject = fileName,
                    }
                );
            }
            foreach (var marker in markers)
            {
                await DeleteFileVersionAsync(marker, bypassGovernance, cancellationToken).ConfigureAwait(false);
            }
            return version;
        }
        throw new B2NotFoundException(
            $"The bucket '{Name}' has no upload with the name '{fileName}' that could be shown again.",
            null,
            new()
            {
                Code = B2ErrorCode.FileNotPresent,
                Operation = FileEndpoints.ListVersions.Operation,
                Subject = fileName,
            }
        );
    }

    /// <inheritdoc cref="B2Api.DeleteFileVersionAsync(string, string, bool, CancellationToken)"/>
    public Task DeleteFileVersionAsync(
        string fileName,
        string fileId,
        bool bypassGovernance = false,
        CancellationToken cancellationToken = default
    ) => _api.DeleteFileVersionAsync(fileName, fileId, bypassGovernance, cancellationToken);

    /// <inheritdoc cref="B2Api.UpdateFileRetentionAsync(string, string, FileRetention, bool, CancellationToken)"/>
    public Task<FileRetention> UpdateFileRetentionAsync(
        string fileName,
        string fileId,
        FileRetention retention,
        bool bypassGovernance = false,
        CancellationToken cancellationToken = default
    ) => _api.UpdateFileRetentionAsync(fileName, fileId, retention, bypassGovernance, cancellationToken);

    /// <inheritdoc cref="B2Api.UpdateFileLegalHoldAsync(string, string, LegalHold, CancellationToken)"/>
    public Task<LegalHold> UpdateFileLegalHoldAsync(
        string fileName,
        string fileId,
        LegalHold legalHold,
        CancellationToken cancellationToken = default
    ) => _api.UpdateFileLegalHoldAsync(fileName, fileId, legalHold, cancellationToken);

    /// <summary>Returns what B2 knows of the newest version of a file, without its bytes.</summary>
    /// <remarks>It comes as headers, which lack the account, the bucket and the MD5.</remarks>
    /// <param name="fileName">The file's name in the bucket.</param>
    /// <param name="encryption">The encryption with its key, for a file that was stored with <see cref="EncryptionSetting.SseC"/>; null for others.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">There is no such file, or it is hidden.</exception>
    public Task<FileVersion> GetFileInfoByNameAsync(
        string fileName,
        EncryptionSetting? encryption = null,
        CancellationToken cancellationToken = default
    ) => _api.GetFileInfoByNameAsync(Name, fileName, encryption, cancellationToken);
}
