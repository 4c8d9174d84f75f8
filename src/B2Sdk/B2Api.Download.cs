using B2Sdk.Transfer;

namespace B2Sdk;

public sealed partial class B2Api
{
    /// <summary>Downloads a version to a local file, which appears only when it is whole and proven.</summary>
    /// <inheritdoc cref="Bucket.DownloadToFileAsync(string, string, DownloadOptions, CancellationToken)" path="/remarks|/exception"/>
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
        return Downloader.ToFileAsync(
            DownloadTarget.ById(fileId, encryption: options?.Encryption),
            localFile,
            options ?? new(),
            cancellationToken
        );
    }

    /// <summary>Downloads a version into a stream, from front to back.</summary>
    /// <inheritdoc cref="Bucket.DownloadToStreamAsync(string, Stream, DownloadOptions, CancellationToken)" path="/remarks|/exception"/>
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
        return Downloader.ToStreamAsync(
            DownloadTarget.ById(fileId, encryption: options?.Encryption),
            destination,
            options ?? new(),
            cancellationToken
        );
    }

    /// <summary>Downloads a version, or a stretch of it, into memory: for files that are known to be small.</summary>
    /// <inheritdoc cref="Bucket.DownloadBytesAsync(string, DownloadOptions, CancellationToken)" path="/remarks|/exception"/>
    /// <param name="fileId">The version's id.</param>
    /// <param name="options">What to download, and how; null for all of it.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    public Task<byte[]> DownloadBytesByIdAsync(
        string fileId,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        return Downloader.ToBytesAsync(DownloadTarget.ById(fileId, encryption: options?.Encryption), options ?? new(), cancellationToken);
    }

    /// <summary>Opens a version as a stream that can seek.</summary>
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
        return Downloader.OpenReadAsync(DownloadTarget.ById(fileId, encryption: options?.Encryption), options ?? new(), cancellationToken);
    }
}
