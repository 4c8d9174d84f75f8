using B2Sdk.Transfer;

namespace B2Sdk;

public sealed partial class Bucket
{
    /// <summary>Downloads the newest version of a file to a local file, which appears only when it is whole and proven.</summary>
    /// <remarks>
    /// The bytes are first written to a private file beside the target; its length and, for a whole file, its SHA-1 are checked, it is flushed to the disk, gets the time of the
    /// source's last change, and then takes the target's name. When anything fails the target is as it was. A large file comes in several stretches at a time, all of one version.
    /// Devices and pipes are written to directly.
    /// </remarks>
    /// <param name="fileName">The file's name in the bucket.</param>
    /// <param name="localFile">The file to write; one that exists is replaced.</param>
    /// <param name="options">What to download, and how; null for all of it.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="B2NotFoundException">There is no such file, or it is hidden.</exception>
    /// <exception cref="B2Exception">B2 refused, or could not be reached for as long as the retry options allow.</exception>
    /// <exception cref="B2ChecksumException">What arrived is not the file. Nothing was kept.</exception>
    /// <exception cref="IOException">The local file cannot be written, is a directory, or has none.</exception>
    public Task<DownloadedFile> DownloadToFileAsync(
        string fileName,
        string localFile,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentException.ThrowIfNullOrEmpty(localFile);
        return _api.Downloader.ToFileAsync(
            DownloadTarget.ByName(Name, fileName, options?.Encryption),
            localFile,
            options ?? new(),
            cancellationToken
        );
    }

    /// <summary>Downloads the newest version of a file into a stream, from front to back.</summary>
    /// <remarks>
    /// The length and, for a whole file, the SHA-1 are checked at the end: a failure then comes after the bytes were written. When the connection breaks it goes on at the next byte of the
    /// same version.
    /// </remarks>
    /// <param name="fileName">The file's name in the bucket.</param>
    /// <param name="destination">Where the bytes go. It is not closed.</param>
    /// <param name="options">What to download, and how; null for all of it.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="B2NotFoundException">There is no such file, or it is hidden.</exception>
    /// <exception cref="B2Exception">B2 refused, or could not be reached for as long as the retry options allow.</exception>
    /// <exception cref="B2ChecksumException">What arrived is not the file. Discard what was written.</exception>
    public Task<DownloadedFile> DownloadToStreamAsync(
        string fileName,
        Stream destination,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentNullException.ThrowIfNull(destination);
        return _api.Downloader.ToStreamAsync(
            DownloadTarget.ByName(Name, fileName, options?.Encryption),
            destination,
            options ?? new(),
            cancellationToken
        );
    }

    /// <summary>Downloads the newest version of a file, or a stretch of it, into memory: for files that are known to be small.</summary>
    /// <remarks>The length and, for a whole file, the SHA-1 are checked. Memory: all of the bytes.</remarks>
    /// <param name="fileName">The file's name in the bucket.</param>
    /// <param name="options">What to download, and how; null for all of it.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="ArgumentException">An option is not one. Nothing was sent.</exception>
    /// <exception cref="B2NotFoundException">There is no such file, or it is hidden.</exception>
    /// <exception cref="B2Exception">B2 refused, or could not be reached for as long as the retry options allow.</exception>
    /// <exception cref="B2ChecksumException">What arrived is not the file.</exception>
    /// <exception cref="IOException">There are more bytes than an array holds, 2,147,483,591.</exception>
    public Task<byte[]> DownloadBytesAsync(string fileName, DownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        return _api.Downloader.ToBytesAsync(
            DownloadTarget.ByName(Name, fileName, options?.Encryption),
            options ?? new(),
            cancellationToken
        );
    }

    /// <summary>Opens the newest version of a file as a stream that can seek.</summary>
    /// <param name="fileName">The file's name in the bucket.</param>
    /// <param name="options">The stretch to open; null for all of it.</param>
    /// <param name="cancellationToken">Ends the opening; each read has its own.</param>
    /// <exception cref="ArgumentException">An option is not one. Nothing was sent.</exception>
    /// <exception cref="B2NotFoundException">There is no such file, or it is hidden.</exception>
    /// <exception cref="B2AccessDeniedException">The file is encrypted with another key.</exception>
    public Task<DownloadStream> OpenReadAsync(
        string fileName,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        return _api.Downloader.OpenReadAsync(
            DownloadTarget.ByName(Name, fileName, options?.Encryption),
            options ?? new(),
            cancellationToken
        );
    }
}
