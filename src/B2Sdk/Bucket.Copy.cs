namespace B2Sdk;

public sealed partial class Bucket
{
    /// <summary>Copies a version, from whatever bucket of the account, as a new version into this bucket. The bytes do not leave B2.</summary>
    /// <remarks>
    /// Files of more than 5 GB are copied in parts, several at a time. Type and info of the source go with it unless the options say otherwise; locks and encryption do not.
    /// </remarks>
    /// <param name="sourceFileId">The id of the version to copy.</param>
    /// <param name="fileName">The name of the copy: 1 to 1,024 bytes as UTF-8, without control characters.</param>
    /// <param name="options">What to copy, and what to say of the copy; null for all as it is.</param>
    /// <param name="cancellationToken">Ends the copy; a large file that was begun is canceled.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentException">The name or an option is not allowed. Nothing was sent.</exception>
    /// <exception cref="B2NotFoundException">There is no such version.</exception>
    /// <exception cref="B2AccessDeniedException">The source is encrypted with another key.</exception>
    /// <exception cref="B2Exception">B2 refused the copy, or could not be reached for as long as the retry options allow.</exception>
    /// <exception cref="B2ChecksumException">B2 acknowledged another number of bytes.</exception>
    public Task<FileVersion> CopyFileAsync(
        string sourceFileId,
        string fileName,
        CopyOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceFileId);
        FileNameRules.Validate(fileName, nameof(fileName));
        return _api.Copier.CopyAsync(Id, sourceFileId, fileName, options ?? new(), cancellationToken);
    }
}
