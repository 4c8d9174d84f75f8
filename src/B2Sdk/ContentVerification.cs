namespace B2Sdk;

/// <summary>What a download was checked against, besides its length.</summary>
public enum ContentVerification
{
    /// <summary>Nothing: only a stretch was downloaded, or B2 knows no digest, or the caller did not want it.</summary>
    None,

    /// <summary>The SHA-1 that B2 computed and compared with the uploader's.</summary>
    Sha1,

    /// <summary>The SHA-1 that B2 computed of what it received, without the uploader's to compare with.</summary>
    UnverifiedSha1,

    /// <summary>The SHA-1 that the uploader of a large file wrote into its info as <c>large_file_sha1</c>.</summary>
    LargeFileSha1,
}
