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

    /// <summary>Lists all versions of one file, newest first: uploads, hide markers and unfinished large files of exactly this name.</summary>
    /// <param name="fileName">The file's name.</param>
    /// <param name="pageSize">How many rows to ask for at once, 1 to 10,000. Default: 1,000.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="ArgumentException">The name is empty, or the page size is not one.</exception>
    public IAsyncEnumerable<FileVersion> ListFileVersionsAsync(
        string fileName,
        int pageSize = 1000,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        // In byte order a name comes before all that it is the beginning of.
        return ListAsync(
                new()
                {
                    Prefix = fileName,
                    StartFileName = fileName,
                    Recursive = true,
                    LatestOnly = false,
                    PageSize = pageSize,
                },
                cancellationToken
            )
            .TakeWhile(file => file.FileName == fileName);
    }

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
