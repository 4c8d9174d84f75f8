using System.Runtime.CompilerServices;
using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class Bucket
{
    /// <summary>Lists files, in the order of their names' UTF-8 bytes, versions of one name newest first.</summary>
    /// <remarks>
    /// Pages are fetched as they are needed: nothing is asked for before the first row, and leaving the loop asks for no more. The list is not a snapshot: what changes meanwhile may or
    /// may not be seen.
    /// </remarks>
    /// <param name="options">Which files; null for the first level of the bucket.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="B2NotFoundException">The bucket is not there any more.</exception>
    public IAsyncEnumerable<FileVersion> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        if (options.PageSize is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"The page size is {options.PageSize}; B2 allows 1 to 10,000.");
        }
        return ListPagesAsync(options, cancellationToken);
    }

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
            var page = await _api
                .Session.CallAsync(
                    FileEndpoints.ListVersions,
                    new()
                    {
                        BucketId = Id,
                        StartFileName = fileName,
                        Prefix = fileName,
                        MaxFileCount = 1,
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (page.Files.FirstOrDefault(file => file.FileName == fileName && file.Action == FileAction.Hide) is { } marker)
            {
                return marker;
            }
            throw;
        }
    }

    /// <inheritdoc cref="B2Api.DeleteFileVersionAsync"/>
    public Task DeleteFileVersionAsync(string fileName, string fileId, CancellationToken cancellationToken = default) =>
        _api.DeleteFileVersionAsync(fileName, fileId, cancellationToken);

    private async IAsyncEnumerable<FileVersion> ListPagesAsync(
        ListOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var startFileName = options.StartFileName;
        string? startFileId = null;
        do
        {
            var page = options.LatestOnly
                ? await _api
                    .Session.CallAsync(
                        FileEndpoints.ListNames,
                        new()
                        {
                            BucketId = Id,
                            StartFileName = startFileName,
                            MaxFileCount = options.PageSize,
                            Prefix = options.Prefix,
                            Delimiter = options.Recursive ? null : "/",
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false)
                : await _api
                    .Session.CallAsync(
                        FileEndpoints.ListVersions,
                        new()
                        {
                            BucketId = Id,
                            StartFileName = startFileName,
                            StartFileId = startFileId,
                            MaxFileCount = options.PageSize,
                            Prefix = options.Prefix,
                            Delimiter = options.Recursive ? null : "/",
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            foreach (var file in page.Files)
            {
                yield return file;
            }
            // A page may be empty and still not be the last: only a missing cursor ends the list.
            (startFileName, startFileId) = (page.NextFileName, page.NextFileId);
        } while (startFileName is not null);
    }
}
