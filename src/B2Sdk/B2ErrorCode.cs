namespace B2Sdk;

/// <summary>B2's word for what went wrong.</summary>
/// <remarks>B2 may add codes; an unknown one is kept as it came. Empty when B2 gave none, as with every answer to HEAD.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct B2ErrorCode(string Value)
{
    /// <summary>The request itself is at fault; the message says how.</summary>
    public static B2ErrorCode BadRequest { get; } = new("bad_request");

    /// <summary>No such bucket.</summary>
    public static B2ErrorCode BadBucketId { get; } = new("bad_bucket_id");

    /// <summary>Another bucket, of anybody's, has this name.</summary>
    public static B2ErrorCode DuplicateBucketName { get; } = new("duplicate_bucket_name");

    /// <summary>The account has as many buckets as it may.</summary>
    public static B2ErrorCode TooManyBuckets { get; } = new("too_many_buckets");

    /// <summary>The bucket still holds versions, hide markers or unfinished large files.</summary>
    public static B2ErrorCode CannotDeleteNonEmptyBucket { get; } = new("cannot_delete_non_empty_bucket");

    /// <summary>No version has this name and id.</summary>
    public static B2ErrorCode FileNotPresent { get; } = new("file_not_present");

    /// <summary>No file has this name.</summary>
    public static B2ErrorCode NoSuchFile { get; } = new("no_such_file");

    /// <summary>No such file, version or bucket.</summary>
    public static B2ErrorCode NotFound { get; } = new("not_found");

    /// <summary>The newest version of the file is a hide marker already.</summary>
    public static B2ErrorCode AlreadyHidden { get; } = new("already_hidden");

    /// <summary>The range lies outside the file.</summary>
    public static B2ErrorCode RangeNotSatisfiable { get; } = new("range_not_satisfiable");

    /// <summary>Two uploads used one upload URL at the same time.</summary>
    public static B2ErrorCode AuthTokenLimit { get; } = new("auth_token_limit");

    /// <summary>The key is wrong, or may not do this here.</summary>
    public static B2ErrorCode Unauthorized { get; } = new("unauthorized");

    /// <summary>The token is not one of B2's, or no longer.</summary>
    public static B2ErrorCode BadAuthToken { get; } = new("bad_auth_token");

    /// <summary>The token is too old.</summary>
    public static B2ErrorCode ExpiredAuthToken { get; } = new("expired_auth_token");

    /// <summary>The answer was not what B2 sends: empty, cut off, or not JSON. Made by this library.</summary>
    public static B2ErrorCode NonJsonResponse { get; } = new("non_json_response");

    /// <summary>No answer came: the connection failed or was lost. Made by this library.</summary>
    public static B2ErrorCode ConnectionFailed { get; } = new("connection_failed");

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value ?? "";
}
