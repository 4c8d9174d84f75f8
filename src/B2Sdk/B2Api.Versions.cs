namespace B2Sdk;

// What takes the id of a version also takes the version itself, as it comes from a listing or an upload.
public sealed partial class B2Api
{
    /// <summary>Returns what B2 knows of a version now. The one that is given stays as it is.</summary>
    /// <inheritdoc cref="GetFileInfoByIdAsync" path="/exception"/>
    /// <param name="file">The version.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The row is a folder, which has no id. Nothing was sent.</exception>
    public Task<FileVersion> GetFileInfoAsync(FileVersion file, CancellationToken cancellationToken = default) =>
        GetFileInfoByIdAsync(FileVersion.IdOf(file), cancellationToken);

    /// <summary>Downloads this very version to a local file, which appears only when it is whole and proven.</summary>
    /// <inheritdoc cref="DownloadToFileByIdAsync" path="/remarks|/exception"/>
    /// <param name="file">The version.</param>
    /// <param name="localFile">The file to write; one that exists is replaced.</param>
    /// <param name="options">What to download, and how; null for all of it.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="ArgumentException">The row is a folder, which has no id. Nothing was sent.</exception>
    public Task<DownloadedFile> DownloadToFileAsync(
        FileVersion file,
        string localFile,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) => DownloadToFileByIdAsync(FileVersion.IdOf(file), localFile, options, cancellationToken);

    /// <summary>Downloads this very version into a stream, from front to back.</summary>
    /// <inheritdoc cref="DownloadToStreamByIdAsync" path="/remarks|/exception"/>
    /// <param name="file">The version.</param>
    /// <param name="destination">Where the bytes go. It is not closed.</param>
    /// <param name="options">What to download, and how; null for all of it.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="ArgumentException">The row is a folder, which has no id. Nothing was sent.</exception>
    public Task<DownloadedFile> DownloadToStreamAsync(
        FileVersion file,
        Stream destination,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) => DownloadToStreamByIdAsync(FileVersion.IdOf(file), destination, options, cancellationToken);

    /// <summary>Downloads this very version, or a stretch of it, into memory: for files that are known to be small.</summary>
    /// <inheritdoc cref="DownloadBytesByIdAsync" path="/remarks|/exception"/>
    /// <param name="file">The version.</param>
    /// <param name="options">What to download, and how; null for all of it.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="ArgumentException">The row is a folder, which has no id. Nothing was sent.</exception>
    public Task<byte[]> DownloadBytesAsync(
        FileVersion file,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) => DownloadBytesByIdAsync(FileVersion.IdOf(file), options, cancellationToken);

    /// <summary>Opens this very version as a stream that can seek.</summary>
    /// <inheritdoc cref="OpenReadByIdAsync" path="/exception"/>
    /// <param name="file">The version.</param>
    /// <param name="options">The stretch to open; null for all of it.</param>
    /// <param name="cancellationToken">Ends the opening; each read has its own.</param>
    /// <exception cref="ArgumentException">The row is a folder, which has no id. Nothing was sent.</exception>
    public Task<DownloadStream> OpenReadAsync(
        FileVersion file,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) => OpenReadByIdAsync(FileVersion.IdOf(file), options, cancellationToken);

    /// <summary>Returns the URL of this very version. Private buckets need the account's token with it.</summary>
    /// <param name="file">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The row is a folder, which has no id.</exception>
    public Task<Uri> GetDownloadUrlAsync(FileVersion file, CancellationToken cancellationToken = default) =>
        GetDownloadUrlByIdAsync(FileVersion.IdOf(file), cancellationToken);

    /// <inheritdoc cref="DeleteFileVersionAsync(string, string, bool, CancellationToken)"/>
    /// <param name="file">The version.</param>
    /// <param name="bypassGovernance">True to go past a retention in governance mode, where the key may. Default: false.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The row is a folder, which has no id. Nothing was sent.</exception>
    public Task DeleteFileVersionAsync(FileVersion file, bool bypassGovernance = false, CancellationToken cancellationToken = default)
    {
        var fileId = FileVersion.IdOf(file);
        return DeleteFileVersionAsync(file.FileName, fileId, bypassGovernance, cancellationToken);
    }

    /// <inheritdoc cref="UpdateFileRetentionAsync(string, string, FileRetention, bool, CancellationToken)"/>
    /// <param name="file">The version. It stays as it is, and does not show the change.</param>
    /// <param name="retention">The new retention; <see cref="FileRetention.None"/> removes one in governance mode.</param>
    /// <param name="bypassGovernance">True to shorten or remove a retention in governance mode, where the key may. Default: false.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<FileRetention> UpdateFileRetentionAsync(
        FileVersion file,
        FileRetention retention,
        bool bypassGovernance = false,
        CancellationToken cancellationToken = default
    )
    {
        var fileId = FileVersion.IdOf(file);
        return UpdateFileRetentionAsync(file.FileName, fileId, retention, bypassGovernance, cancellationToken);
    }

    /// <inheritdoc cref="UpdateFileLegalHoldAsync(string, string, LegalHold, CancellationToken)"/>
    /// <param name="file">The version. It stays as it is, and does not show the change.</param>
    /// <param name="legalHold"><see cref="LegalHold.On"/> or <see cref="LegalHold.Off"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The row is a folder, which has no id. Nothing was sent.</exception>
    public Task<LegalHold> UpdateFileLegalHoldAsync(FileVersion file, LegalHold legalHold, CancellationToken cancellationToken = default)
    {
        var fileId = FileVersion.IdOf(file);
        return UpdateFileLegalHoldAsync(file.FileName, fileId, legalHold, cancellationToken);
    }

    /// <inheritdoc cref="ListPartsAsync(string, int, CancellationToken)"/>
    /// <param name="file">The unfinished large file.</param>
    /// <param name="startPartNumber">The number to begin at, whether or not there is such a part. Default: 1.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public IAsyncEnumerable<LargeFilePart> ListPartsAsync(
        FileVersion file,
        int startPartNumber = 1,
        CancellationToken cancellationToken = default
    ) => ListPartsAsync(FileVersion.IdOf(file), startPartNumber, cancellationToken);

    /// <inheritdoc cref="CancelLargeFileAsync(string, CancellationToken)"/>
    /// <param name="file">The unfinished large file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The row is a folder, which has no id. Nothing was sent.</exception>
    public Task CancelLargeFileAsync(FileVersion file, CancellationToken cancellationToken = default) =>
        CancelLargeFileAsync(FileVersion.IdOf(file), cancellationToken);
}
