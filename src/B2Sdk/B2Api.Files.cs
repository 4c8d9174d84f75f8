using B2Sdk.Transfer;
using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class B2Api
{
    /// <summary>Returns what B2 knows of a version.</summary>
    /// <param name="fileId">The version's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">There is no such version, or it is an unfinished large file.</exception>
    public Task<FileVersion> GetFileInfoAsync(string fileId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        return _session.CallAsync(FileEndpoints.GetInfo, new() { FileId = fileId }, cancellationToken);
    }

    /// <summary>Deletes one version for good: an upload, a hide marker, or an unfinished large file.</summary>
    /// <remarks>An older version, if there is one, is the newest then.</remarks>
    /// <param name="fileName">The version's name.</param>
    /// <param name="fileId">The version's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">No version has this name and id.</exception>
    public async Task DeleteFileVersionAsync(string fileName, string fileId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        try
        {
            await _session
                .CallAsync(FileEndpoints.DeleteVersion, new() { FileName = fileName, FileId = fileId }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (B2NotFoundException e) when (e.FollowsLostAnswer)
        {
            // An earlier attempt deleted it, and its answer was lost.
        }
    }

    /// <summary>Downloads a version to a local file, which appears only when it is whole and proven.</summary>
    /// <inheritdoc cref="Bucket.DownloadToFileAsync" path="/remarks|/exception"/>
    /// <param name="fileId">The version's id.</param>
    /// <param name="localFile">The file to write; one that exists is replaced.</param>
    /// <param name="options">What to download, and how; null for all of it.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    public Task<DownloadedFile> DownloadToFileByIdAsync(
        string fileId,
        string localFile,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        ArgumentException.ThrowIfNullOrEmpty(localFile);
        return Downloader.ToFileAsync(DownloadTarget.ById(fileId), localFile, options ?? new(), cancellationToken);
    }

    /// <summary>Downloads a version into a stream, from front to back.</summary>
    /// <inheritdoc cref="Bucket.DownloadToStreamAsync" path="/remarks|/exception"/>
    /// <param name="fileId">The version's id.</param>
    /// <param name="destination">Where the bytes go. It is not closed.</param>
    /// <param name="options">What to download, and how; null for all of it.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    public Task<DownloadedFile> DownloadToStreamByIdAsync(
        string fileId,
        Stream destination,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        ArgumentNullException.ThrowIfNull(destination);
        return Downloader.ToStreamAsync(DownloadTarget.ById(fileId), destination, options ?? new(), cancellationToken);
    }

    /// <summary>Opens a version as a stream.</summary>
    /// <param name="fileId">The version's id.</param>
    /// <param name="options">The stretch to open; null for all of it.</param>
    /// <param name="cancellationToken">Ends the opening; each read has its own.</param>
    /// <exception cref="B2NotFoundException">There is no such version.</exception>
    public Task<DownloadStream> OpenReadByIdAsync(
        string fileId,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        return Downloader.OpenReadAsync(DownloadTarget.ById(fileId), options ?? new(), cancellationToken);
    }

    /// <summary>Returns the URL of a version. Private buckets need a token with it.</summary>
    /// <param name="fileId">The version's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Uri> GetDownloadUrlByIdAsync(string fileId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        return RawUri.FileById(authorization.DownloadUrl, fileId);
    }
}
