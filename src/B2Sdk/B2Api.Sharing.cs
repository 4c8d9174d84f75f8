using B2Sdk.Sessions;
using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class B2Api
{
    /// <summary>Returns the URL of the newest version of a file. Private buckets need a token with it.</summary>
    /// <param name="bucketName">The bucket's name.</param>
    /// <param name="fileName">The file's name in the bucket.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="B2UnauthorizedException">The key is restricted to other buckets or names.</exception>
    public async Task<Uri> GetDownloadUrlAsync(string bucketName, string fileName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucketName);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        Unauthorized.Check(authorization.Allowed, new(BucketName: bucketName, FileName: fileName), FileEndpoints.DownloadByName, fileName);
        return RawUri.FileByName(authorization.DownloadUrl, bucketName, fileName);
    }

    /// <summary>Returns the URL of a version. Private buckets need the account's token with it.</summary>
    /// <param name="fileId">The version's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Uri> GetDownloadUrlByIdAsync(string fileId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileId);
        var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        return RawUri.FileById(authorization.DownloadUrl, fileId);
    }
}
