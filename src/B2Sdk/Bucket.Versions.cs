namespace B2Sdk;

// What takes the name or the id of a file also takes a version itself, and then means this one and not the newest.
public sealed partial class Bucket
{
    /// <inheritdoc cref="B2Api.GetFileInfoAsync"/>
    public Task<FileVersion> GetFileInfoAsync(FileVersion file, CancellationToken cancellationToken = default) =>
        _api.GetFileInfoAsync(file, cancellationToken);

    /// <inheritdoc cref="B2Api.GetDownloadUrlAsync(FileVersion, CancellationToken)"/>
    public Task<Uri> GetDownloadUrlAsync(FileVersion file, CancellationToken cancellationToken = default) =>
        _api.GetDownloadUrlAsync(file, cancellationToken);

    /// <inheritdoc cref="B2Api.DownloadToFileAsync"/>
    public Task<DownloadedFile> DownloadToFileAsync(
        FileVersion file,
        string localFile,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _api.DownloadToFileAsync(file, localFile, options, cancellationToken);

    /// <inheritdoc cref="B2Api.DownloadToStreamAsync"/>
    public Task<DownloadedFile> DownloadToStreamAsync(
        FileVersion file,
        Stream destination,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _api.DownloadToStreamAsync(file, destination, options, cancellationToken);

    /// <inheritdoc cref="B2Api.DownloadBytesAsync"/>
    public Task<byte[]> DownloadBytesAsync(
        FileVersion file,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _api.DownloadBytesAsync(file, options, cancellationToken);

    /// <inheritdoc cref="B2Api.OpenReadAsync"/>
    public Task<DownloadStream> OpenReadAsync(
        FileVersion file,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _api.OpenReadAsync(file, options, cancellationToken);

    /// <inheritdoc cref="CopyFileAsync(string, string, CopyOptions, CancellationToken)"/>
    /// <param name="source">The version to copy.</param>
    /// <param name="fileName">The name of the copy: 1 to 1,024 bytes as UTF-8, without control characters.</param>
    /// <param name="options">What to copy, and what to say of the copy; null for all as it is.</param>
    /// <param name="cancellationToken">Ends the copy; a large file that was begun is canceled.</param>
    public Task<FileVersion> CopyFileAsync(
        FileVersion source,
        string fileName,
        CopyOptions? options = null,
        CancellationToken cancellationToken = default
    ) => CopyFileAsync(FileVersion.IdOf(source), fileName, options, cancellationToken);

    /// <inheritdoc cref="B2Api.DeleteFileVersionAsync(FileVersion, bool, CancellationToken)"/>
    public Task DeleteFileVersionAsync(FileVersion file, bool bypassGovernance = false, CancellationToken cancellationToken = default) =>
        _api.DeleteFileVersionAsync(file, bypassGovernance, cancellationToken);

    /// <inheritdoc cref="B2Api.UpdateFileRetentionAsync(FileVersion, FileRetention, bool, CancellationToken)"/>
    public Task<FileRetention> UpdateFileRetentionAsync(
        FileVersion file,
        FileRetention retention,
        bool bypassGovernance = false,
        CancellationToken cancellationToken = default
    ) => _api.UpdateFileRetentionAsync(file, retention, bypassGovernance, cancellationToken);

    /// <inheritdoc cref="B2Api.UpdateFileLegalHoldAsync(FileVersion, LegalHold, CancellationToken)"/>
    public Task<LegalHold> UpdateFileLegalHoldAsync(FileVersion file, LegalHold legalHold, CancellationToken cancellationToken = default) =>
        _api.UpdateFileLegalHoldAsync(file, legalHold, cancellationToken);

    /// <inheritdoc cref="B2Api.ListPartsAsync(FileVersion, int, CancellationToken)"/>
    public IAsyncEnumerable<LargeFilePart> ListPartsAsync(
        FileVersion file,
        int startPartNumber = 1,
        CancellationToken cancellationToken = default
    ) => _api.ListPartsAsync(file, startPartNumber, cancellationToken);

    /// <inheritdoc cref="B2Api.CancelLargeFileAsync(FileVersion, CancellationToken)"/>
    public Task CancelLargeFileAsync(FileVersion file, CancellationToken cancellationToken = default) =>
        _api.CancelLargeFileAsync(file, cancellationToken);
}
