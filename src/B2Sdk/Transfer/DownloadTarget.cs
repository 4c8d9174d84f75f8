using B2Sdk.Wire;

namespace B2Sdk.Transfer;

/// <summary>Which file to download: the newest version of a name, or one version by its id; and the customer's key, if it needs one.</summary>
internal sealed record DownloadTarget(Func<AccountAuthorization, Uri> Url, string Operation, string Subject, EncryptionSetting? Encryption)
{
    public static DownloadTarget ByName(string bucketName, string fileName, EncryptionSetting? encryption) =>
        new(
            authorization => RawUri.FileByName(authorization.DownloadUrl, bucketName, fileName),
            FileEndpoints.DownloadByName,
            fileName,
            encryption
        );

    public static DownloadTarget ById(string fileId, string? subject = null, EncryptionSetting? encryption = null) =>
        new(authorization => RawUri.FileById(authorization.DownloadUrl, fileId), FileEndpoints.DownloadById, subject ?? fileId, encryption);
}
