namespace B2Sdk.Transfer;

/// <summary>The SHA-1 that a whole file must have, and where that is known from.</summary>
internal readonly record struct ContentDigest(string? Sha1, ContentVerification Kind)
{
    public static ContentDigest Of(FileVersion file) =>
        new(
            file.Sha1,
            file.Sha1 is null ? ContentVerification.None
                : file.IsSha1Verified ? ContentVerification.Sha1
                : file.ContentSha1?.EndsWith(file.Sha1, StringComparison.Ordinal) == true ? ContentVerification.UnverifiedSha1
                : ContentVerification.LargeFileSha1
        );

    public void Check(string actual, FileVersion file)
    {
        if (Sha1 is not null && !Sha1.Equals(actual, StringComparison.OrdinalIgnoreCase))
        {
            throw new B2ChecksumException(
                $"What arrived of '{file.FileName}' ({file.FileId}) has the SHA-1 {actual}, and the file has {Sha1.ToLowerInvariant()}. Nothing was kept; download it again."
            );
        }
    }
}
