using B2Sdk.Transfer;

namespace B2Sdk;

public sealed partial class Bucket
{
    /// <summary>Uploads bytes from memory as a new version of a file.</summary>
    /// <param name="data">The bytes. They must not change until the upload is done.</param>
    /// <param name="fileName">The name in the bucket: 1 to 1,024 bytes as UTF-8, without control characters.</param>
    /// <param name="options">What to say of the file, and how to send it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the upload; a large file that was begun is canceled.</param>
    /// <returns>The version as B2 stored it, whose length and SHA-1 are the ones that were sent.</returns>
    /// <exception cref="ArgumentException">The name or an option is not allowed. Nothing was sent.</exception>
    /// <exception cref="B2Exception">B2 refused the upload, or could not be reached for as long as the retry options allow.</exception>
    /// <exception cref="B2ChecksumException">The bytes are not what they should be, or B2 acknowledged other ones.</exception>
    public async Task<FileVersion> UploadBytesAsync(
        ReadOnlyMemory<byte> data,
        string fileName,
        UploadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        using var source = new MemorySource(data);
        return await UploadAsync(source, fileName, options, options?.LastModified, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Uploads a local file as a new version of a file. It is read once, in parts that travel at the same time when it is large.</summary>
    /// <remarks>
    /// The time of its last change is kept as <c>src_last_modified_millis</c>. A file that changes while it is read is not stored. Memory: one buffer of 256 KiB for each part on its way.
    /// </remarks>
    /// <param name="localFile">The file to read.</param>
    /// <param name="fileName">The name in the bucket: 1 to 1,024 bytes as UTF-8, without control characters.</param>
    /// <param name="options">What to say of the file, and how to send it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the upload; a large file that was begun is canceled.</param>
    /// <inheritdoc cref="UploadBytesAsync" path="/returns|/exception"/>
    /// <exception cref="FileNotFoundException">There is no such local file.</exception>
    /// <exception cref="IOException">The local file cannot be read, or is a directory.</exception>
    public async Task<FileVersion> UploadLocalFileAsync(
        string localFile,
        string fileName,
        UploadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(localFile);
        FileNameRules.Validate(fileName, nameof(fileName));
        using var source = FileSource.Open(localFile);
        return await UploadAsync(source, fileName, options, new DateTimeOffset(source.LastWriteTime), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Uploads what is left of a stream, from its present position, as a new version of a file.</summary>
    /// <remarks>
    /// A stream that can seek and fits into one part is rewound when it must be sent again. Of any other stream each part is held in memory until B2 has acknowledged it: at most
    /// (<see cref="UploadOptions.Concurrency"/> + 1) × <see cref="UploadOptions.PartSize"/> bytes. The length need not be known. The stream is not closed.
    /// </remarks>
    /// <param name="stream">The bytes.</param>
    /// <param name="fileName">The name in the bucket: 1 to 1,024 bytes as UTF-8, without control characters.</param>
    /// <param name="options">What to say of the file, and how to send it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the upload; a large file that was begun is canceled.</param>
    /// <inheritdoc cref="UploadBytesAsync" path="/returns|/exception"/>
    public async Task<FileVersion> UploadStreamAsync(
        Stream stream,
        string fileName,
        UploadOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        }
        options ??= new();
        var account = await _api.Session.GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        var job = new UploadJob(Id, fileName, options, options.LastModified, isReadableOnce: true, account);
        if (!stream.CanSeek)
        {
            return await _api.Uploader.UploadOnceReadableAsync(job, stream, options.Length, cancellationToken).ConfigureAwait(false);
        }

        using UploadSource source = stream is FileStream file ? FileSource.From(file) : new SeekableStreamSource(stream);
        var end = stream.Position + source.Length;
        var isStreamable = source.AllowsParallelReads || source.Length <= job.PartSizeFor(source.Length);
        var version = isStreamable
            ? await UploadAsync(source, fileName, options, options.LastModified, cancellationToken).ConfigureAwait(false)
            : await _api.Uploader.UploadOnceReadableAsync(job, stream, source.Length, cancellationToken).ConfigureAwait(false);
        stream.Position = end;
        return version;
    }

    private async Task<FileVersion> UploadAsync(
        UploadSource source,
        string fileName,
        UploadOptions? options,
        DateTimeOffset? lastModified,
        CancellationToken cancellationToken
    )
    {
        FileNameRules.Validate(fileName, nameof(fileName));
        var account = await _api.Session.GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        var job = new UploadJob(Id, fileName, options ?? new(), lastModified, isReadableOnce: false, account);
        return await _api.Uploader.UploadAsync(job, source, cancellationToken).ConfigureAwait(false);
    }
}
