namespace B2Sdk.Transfer;

/// <summary>The SHA-1 that a whole file must have, and where that is known from.</summary>
internal readonly record struct ContentDigest(string? Sha1, ContentVerification Kind)
{
    private const string Unverified = "unverified:";

    public static ContentDigest Of(FileVersion file) =>
        file.ContentSha1 switch
        {
            { } sha1 when IsSha1(sha1) => new(sha1, ContentVerification.Sha1),
            { } sha1 when sha1.StartsWith(Unverified, StringComparison.Ordinal) && IsSha1(sha1[Unverified.Length..]) => new(
                sha1[Unverified.Length..],
                ContentVerification.UnverifiedSha1
            ),
            _ when file.FileInfo.TryGetValue(FileInfoKeys.LargeFileSha1, out var sha1) && IsSha1(sha1) => new(
                sha1,
                ContentVerification.LargeFileSha1
            ),
            _ => new(null, ContentVerification.None),
        };

    public void Check(string actual, FileVersion file)
    {
        if (Sha1 is not null && !Sha1.Equals(actual, StringComparison.OrdinalIgnoreCase))
        {
            throw new B2ChecksumException(
                $"What arrived of '{file.FileName}' ({file.FileId}) has the SHA-1 {actual}, and the file has {Sha1.ToLowerInvariant()}. Nothing was kept; download it again."
            );
        }
    }

    private static bool IsSha1(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigit);
}
