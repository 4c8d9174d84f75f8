using System.Runtime.CompilerServices;
using B2Sdk.Sessions;
using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class Bucket
{
    private const string Delimiter = "/";

    /// <summary>Lists files, in the order of their names' UTF-8 bytes, versions of one name newest first.</summary>
    /// <remarks>
    /// Pages are fetched as they are needed: nothing is asked for before the first row, and leaving the loop asks for no more. The list is not a snapshot: what changes meanwhile may or
    /// may not be seen.
    /// </remarks>
    /// <param name="options">Which files; null for the first level of the bucket.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="ArgumentException">An option is not one.</exception>
    /// <exception cref="B2NotFoundException">The bucket is not there any more.</exception>
    /// <exception cref="B2UnauthorizedException">The key may not list files, or only those with a longer prefix.</exception>
    public IAsyncEnumerable<FileVersion> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Validate(nameof(options));
        return FlattenAsync(FetchPagesAsync(options, cancellationToken), cancellationToken);
    }

    /// <summary>Lists files page by page, for listings that are to be gone on with later or elsewhere.</summary>
    /// <remarks>To go on, give <see cref="FilePage.NextFileName"/> and <see cref="FilePage.NextFileId"/> as the start of another listing with the same options.</remarks>
    /// <param name="options">Which files; null for the first level of the bucket.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public IAsyncEnumerable<FilePage> ListPagesAsync(ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Validate(nameof(options));
        return FetchPagesAsync(options, cancellationToken);
    }

    /// <summary>Lists all versions of one file, newest first: uploads, hide markers and unfinished large files of exactly this name.</summary>
    /// <param name="fileName">The file's name.</param>
    /// <param name="pageSize">How many rows to ask for at once, 1 to 10,000. Default: 1,000.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="ArgumentException">The name is empty, or the page size is not one.</exception>
    /// <exception cref="B2NotFoundException">The bucket is not there any more.</exception>
    /// <exception cref="B2UnauthorizedException">The key may not list files, or not those of this name.</exception>
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

    private static async IAsyncEnumerable<FileVersion> FlattenAsync(
        IAsyncEnumerable<FilePage> pages,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var file in page.Files)
            {
                yield return file;
            }
        }
    }

    private async IAsyncEnumerable<FilePage> FetchPagesAsync(
        ListOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var wildcard = options.Pattern is null ? null : new Wildcard(options.Pattern);
        var prefix =
            wildcard is not null && wildcard.LiteralPrefix.StartsWith(options.Prefix, StringComparison.Ordinal)
                ? wildcard.LiteralPrefix
                : options.Prefix;
        // What B2 has folded cannot be filtered by the names inside of it.
        var fold = !options.Recursive && options.Filters.Count > 0 ? new FolderFold(options.Prefix) : null;
        var delimiter = options.Recursive || fold is not null ? null : Delimiter;
        var (startFileName, startFileId) = (options.StartFileName, options.StartFileId);
        var operation = options.LatestOnly ? FileEndpoints.ListNames.Operation : FileEndpoints.ListVersions.Operation;
        var chain = new PageChain<(string?, string?)>(operation, Id, (startFileName, startFileId));
        do
        {
            var page = options.LatestOnly
                ? await ListNamesAsync(options, prefix, delimiter, startFileName, cancellationToken).ConfigureAwait(false)
                : await ListVersionsAsync(options, prefix, delimiter, startFileName, startFileId, cancellationToken).ConfigureAwait(false);
            // A page may be empty and still not be the last: only a missing cursor ends the list.
            (startFileName, startFileId) = (page.NextFileName, page.NextFileId);
            var files = page.Files;
            if (wildcard is not null || options.Filters.Count > 0)
            {
                files =
                [
                    .. files
                        .Where(file => Accepts(file.FileName))
                        .Select(file => fold is null ? file : fold.Fold(file))
                        .OfType<FileVersion>(),
                ];
                (startFileName, startFileId) = fold?.SkipTo(startFileName, startFileId) ?? (startFileName, startFileId);
            }
            if (startFileName is not null)
            {
                chain.Next((startFileName, startFileId));
            }
            yield return new()
            {
                Files = files,
                NextFileName = startFileName,
                NextFileId = startFileId,
            };
        } while (startFileName is not null);

        bool Accepts(string name) => wildcard?.IsMatch(name) != false && NameFilter.Allow(options.Filters, name);
    }

    private Task<ListFilesResponse> ListNamesAsync(
        ListOptions options,
        string prefix,
        string? delimiter,
        string? startFileName,
        CancellationToken cancellationToken
    ) =>
        _api.Session.CallAsync(
            FileEndpoints.ListNames,
            new()
            {
                BucketId = Id,
                StartFileName = startFileName,
                MaxFileCount = options.PageSize,
                Prefix = prefix,
                Delimiter = delimiter,
            },
            cancellationToken
        );

    private Task<ListFilesResponse> ListVersionsAsync(
        ListOptions options,
        string prefix,
        string? delimiter,
        string? startFileName,
        string? startFileId,
        CancellationToken cancellationToken
    ) =>
        _api.Session.CallAsync(
            FileEndpoints.ListVersions,
            new()
            {
                BucketId = Id,
                StartFileName = startFileName,
                StartFileId = startFileId,
                MaxFileCount = options.PageSize,
                Prefix = prefix,
                Delimiter = delimiter,
            },
            cancellationToken
        );
}
