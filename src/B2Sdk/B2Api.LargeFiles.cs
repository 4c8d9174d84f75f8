using System.Runtime.CompilerServices;
using B2Sdk.Sessions;
using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class B2Api
{
    private const int PartsPerPage = 1000;

    /// <summary>Lists the parts of an unfinished large file that B2 has, by number.</summary>
    /// <remarks>Pages of 1,000 are fetched as they are needed.</remarks>
    /// <param name="fileId">The large file's id.</param>
    /// <param name="startPartNumber">The number to begin at, whether or not there is such a part. Default: 1.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="ArgumentException">The id is empty, or the number is not a part's.</exception>
    /// <exception cref="B2Exception"><see cref="B2ErrorCode.BadRequest"/> when it is no unfinished large file.</exception>
    public IAsyncEnumerable<LargeFilePart> ListPartsAsync(
        string fileId,
        int startPartNumber = 1,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        if (startPartNumber is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(
                nameof(startPartNumber),
                $"The part number is {startPartNumber}; B2 numbers parts from 1 to 10,000."
            );
        }
        return ListPartPagesAsync(fileId, startPartNumber, cancellationToken);
    }

    /// <summary>Gives an unfinished large file up: all of its parts are deleted.</summary>
    /// <param name="fileId">The large file's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2Exception"><see cref="B2ErrorCode.BadRequest"/> when it is no unfinished large file.</exception>
    public async Task CancelLargeFileAsync(string fileId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        try
        {
            await _session.CallAsync(LargeFileEndpoints.Cancel, new() { FileId = fileId }, cancellationToken).ConfigureAwait(false);
        }
        catch (B2Exception e) when (e.FollowsLostAnswer && e.Code == B2ErrorCode.BadRequest)
        {
            // An earlier attempt canceled it, and its answer was lost.
        }
        _session.ForgetUploadUrls(fileId);
    }

    private async IAsyncEnumerable<LargeFilePart> ListPartPagesAsync(
        string fileId,
        int startPartNumber,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        int? next = startPartNumber;
        var chain = new PageChain<int?>(LargeFileEndpoints.ListParts.Operation, fileId, next);
        do
        {
            var request = new ListPartsRequest
            {
                FileId = fileId,
                StartPartNumber = next,
                MaxPartCount = PartsPerPage,
            };
            var page = await _session.CallAsync(LargeFileEndpoints.ListParts, request, cancellationToken).ConfigureAwait(false);
            foreach (var part in page.Parts)
            {
                yield return part;
            }
            next = page.NextPartNumber is { } more ? chain.Next(more) : null;
        } while (next is not null);
    }
}
