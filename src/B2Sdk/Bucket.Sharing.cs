using System.Globalization;
using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class Bucket
{
    private static readonly TimeSpan LongestAuthorization = TimeSpan.FromDays(7);

    /// <summary>Returns the URL of the newest version of a file. Private buckets need a token with it.</summary>
    /// <param name="fileName">The file's name in the bucket.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Uri> GetDownloadUrlAsync(string fileName, CancellationToken cancellationToken = default) =>
        _api.GetDownloadUrlAsync(Name, fileName, cancellationToken);

    /// <summary>Makes a token with which others may download, without a key of their own, all files whose names start with a prefix.</summary>
    /// <param name="fileNamePrefix">What the names start with; empty for the whole bucket.</param>
    /// <param name="validFor">How long it works, in whole seconds from 1 second to 7 days.</param>
    /// <param name="overrides">Headers that the downloads get; null for the files' own.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter or longer than B2 allows. Nothing was sent.</exception>
    /// <exception cref="B2UnauthorizedException">The key may not share files, or not these.</exception>
    public async Task<DownloadAuthorization> GetDownloadAuthorizationAsync(
        string fileNamePrefix,
        TimeSpan validFor,
        DownloadOverrides? overrides = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(fileNamePrefix);
        if (validFor < TimeSpan.FromSeconds(1) || validFor > LongestAuthorization || validFor.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(validFor),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The token is to work for {validFor.TotalSeconds} seconds; B2 allows whole seconds, 1 to {LongestAuthorization.TotalSeconds} ({LongestAuthorization.TotalDays} days)."
                )
            );
        }
        var request = new GetDownloadAuthorizationRequest
        {
            BucketId = Id,
            FileNamePrefix = fileNamePrefix,
            ValidDurationInSeconds = (long)validFor.TotalSeconds,
            B2CacheControl = overrides?.CacheControl,
            B2ContentDisposition = overrides?.ContentDisposition,
            B2ContentEncoding = overrides?.ContentEncoding,
            B2ContentLanguage = overrides?.ContentLanguage,
            B2ContentType = overrides?.ContentType,
            B2Expires = HttpDate.Write(overrides?.Expires),
        };
        var expiration = _api.Session.ServerTime + validFor;
        var answer = await _api.Session.CallAsync(FileEndpoints.GetDownloadAuthorization, request, cancellationToken).ConfigureAwait(false);
        return new()
        {
            AuthorizationToken = answer.AuthorizationToken,
            BucketId = answer.BucketId,
            FileNamePrefix = answer.FileNamePrefix,
            ExpirationTimestamp = expiration,
        };
    }

    /// <summary>Makes a URL with which anybody who has it may download a file of a private bucket for some time.</summary>
    /// <remarks>
    /// The URL contains a token: treat it as a secret. B2 authorizes by the beginning of names, so the token also opens files whose names start with this whole name, and newer versions of
    /// the file. It cannot be taken back, except by deleting this application key.
    /// </remarks>
    /// <param name="fileName">The file's name in the bucket. It need not exist yet.</param>
    /// <param name="validFor">How long it works, in whole seconds from 1 second to 7 days.</param>
    /// <param name="overrides">Headers that the download gets, such as a file name to save as; null for the file's own.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The name is empty, or the time is shorter or longer than B2 allows. Nothing was sent.</exception>
    /// <exception cref="B2UnauthorizedException">The key may not share files, or not this one.</exception>
    public async Task<Uri> CreateSignedUrlAsync(
        string fileName,
        TimeSpan validFor,
        DownloadOverrides? overrides = null,
        CancellationToken cancellationToken = default
    )
    {
        FileNameRules.Validate(fileName, nameof(fileName));
        var token = await GetDownloadAuthorizationAsync(fileName, validFor, overrides, cancellationToken).ConfigureAwait(false);
        var account = await _api.GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        return RawUri.SignedFile(account.DownloadUrl, Name, fileName, token.AuthorizationToken, overrides ?? new());
    }
}
