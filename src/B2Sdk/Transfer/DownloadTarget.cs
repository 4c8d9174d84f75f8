using B2Sdk.Wire;

namespace B2Sdk.Transfer;

/// <summary>Which file to download: the newest version of a name, or one version by its id.</summary>
internal sealed record DownloadTarget(Func<AccountAuthorization, Uri> Url, string Operation, string Subject)
{
    public static DownloadTarget ByName(string bucketName, string fileName) =>
        new(authorization => RawUri.FileByName(authorization.DownloadUrl, bucketName, fileName), FileEndpoints.DownloadByName, fileName);

    public static DownloadTarget ById(string fileId, string? subject = null) =>
        new(authorization => RawUri.FileById(authorization.DownloadUrl, fileId), FileEndpoints.DownloadById, subject ?? fileId);
}
