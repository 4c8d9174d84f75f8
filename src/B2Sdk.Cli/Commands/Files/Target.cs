namespace B2Sdk.Cli.Commands.Files;

/// <summary>The version that a URI means: the one of that id, or the newest of that name.</summary>
internal static class Target
{
    public static async Task<FileVersion> FindAsync(
        B2Api api,
        B2Uri uri,
        EncryptionSetting? encryption = null,
        CancellationToken cancellationToken = default
    )
    {
        if (uri.FileId is { } fileId)
        {
            return await api.GetFileInfoByIdAsync(fileId, cancellationToken);
        }
        var bucket = await api.GetBucketByNameAsync(uri.BucketName!, cancellationToken);
        var file = await bucket.GetFileInfoByNameAsync(uri.Path, encryption, cancellationToken);
        // The answer comes as headers, which leave out what the question has said.
        return file with { AccountId = bucket.AccountId, BucketId = bucket.Id };
    }
}
