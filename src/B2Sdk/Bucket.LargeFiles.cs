using System.Runtime.CompilerServices;
using B2Sdk.Sessions;
using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class Bucket
{
    /// <summary>Lists the large files that were started and neither finished nor canceled, the oldest first. Their parts cost money.</summary>
    /// <remarks>Pages are fetched as they are needed.</remarks>
    /// <param name="options">Which of them; null for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not one.</exception>
    /// <exception cref="B2NotFoundException">The bucket is not there any more.</exception>
    /// <exception cref="B2UnauthorizedException">The key may not list files, or only those with a longer prefix.</exception>
    public IAsyncEnumerable<FileVersion> ListUnfinishedLargeFilesAsync(
        ListUnfinishedOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new();
        if (options.PageSize is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"The page size is {options.PageSize}; B2 allows 1 to 100.");
        }
        return ListUnfinishedPagesAsync(options, cancellationToken);
    }

    private async IAsyncEnumerable<FileVersion> ListUnfinishedPagesAsync(
        ListUnfinishedOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var next = options.StartFileId;
        var chain = new PageChain<string?>(LargeFileEndpoints.ListUnfinished.Operation, Id, next);
        do
        {
            var request = new ListUnfinishedLargeFilesRequest
            {
                BucketId = Id,
                NamePrefix = options.Prefix.Length == 0 ? null : options.Prefix,
                StartFileId = next,
                MaxFileCount = options.PageSize,
            };
            var page = await _api.Session.CallAsync(LargeFileEndpoints.ListUnfinished, request, cancellationToken).ConfigureAwait(false);
            foreach (var file in page.Files)
            {
                yield return file;
            }
            next = page.NextFileId is { } more ? chain.Next(more) : null;
        } while (next is not null);
    }
}
