namespace B2Sdk;

/// <summary>B2's word for what went wrong.</summary>
/// <remarks>B2 may add codes; an unknown one is kept as it came. Empty when B2 gave none, as with every answer to HEAD.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct B2ErrorCode(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

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

    /// <summary>The body of the request could not be read as JSON.</summary>
    public static B2ErrorCode BadJson { get; } = new("bad_json");

    /// <summary>The bucket id is not one.</summary>
    public static B2ErrorCode InvalidBucketId { get; } = new("invalid_bucket_id");

    /// <summary>The file id is not one.</summary>
    public static B2ErrorCode InvalidFileId { get; } = new("invalid_file_id");

    /// <summary>A page size lies outside what B2 allows.</summary>
    public static B2ErrorCode OutOfRange { get; } = new("out_of_range");

    /// <summary>A part of the large file was never uploaded.</summary>
    public static B2ErrorCode MissingPart { get; } = new("missing_part");

    /// <summary>A part of the large file has another SHA-1.</summary>
    public static B2ErrorCode PartSha1Mismatch { get; } = new("part_sha1_mismatch");

    /// <summary>A copy would be larger than 5 GB, which one call cannot do.</summary>
    public static B2ErrorCode SourceTooLarge { get; } = new("source_too_large");

    /// <summary>The bucket's files cannot be locked.</summary>
    public static B2ErrorCode BucketMissingFileLock { get; } = new("bucket_missing_file_lock");

    /// <summary>File lock cannot be switched off.</summary>
    public static B2ErrorCode FileLockConflict { get; } = new("file_lock_conflict");

    /// <summary>A bucket that replicates to others cannot get file lock.</summary>
    public static B2ErrorCode SourceReplicationConflict { get; } = new("source_replication_conflict");

    /// <summary>A restricted bucket cannot get file lock.</summary>
    public static B2ErrorCode RestrictedBucketConflict { get; } = new("restricted_bucket_conflict");

    /// <summary>A retention would end in the past.</summary>
    public static B2ErrorCode RetainUntilTimestampMustBeInFuture { get; } = new("retain_until_timestamp_must_be_in_future");

    /// <summary>The file's info leaves no room for lock settings.</summary>
    public static B2ErrorCode MetadataExceeded { get; } = new("metadata_exceeded");

    /// <summary>The account may not choose upload times.</summary>
    public static B2ErrorCode CustomTimestampNotAllowed { get; } = new("custom_timestamp_not_allowed");

    /// <summary>The upload time lies in the future, or is no number.</summary>
    public static B2ErrorCode CustomTimestampInvalid { get; } = new("custom_timestamp_invalid");

    /// <summary>A notification rule mixes event types that do not go together.</summary>
    public static B2ErrorCode EventTypeCategories { get; } = new("event_type_categories");

    /// <summary>Two notification rules tell of the same event, or one does twice.</summary>
    public static B2ErrorCode EventTypeOverlap { get; } = new("event_type_overlap");

    /// <summary>A notification rule has no event types.</summary>
    public static B2ErrorCode EventTypesEmpty { get; } = new("event_types_empty");

    /// <summary>A notification rule has an event type that B2 does not know.</summary>
    public static B2ErrorCode EventTypeInvalid { get; } = new("event_type_invalid");

    /// <summary>The file is locked, or the encryption key differs.</summary>
    public static B2ErrorCode AccessDenied { get; } = new("access_denied");

    /// <summary>The request had no token.</summary>
    public static B2ErrorCode MissingAuthToken { get; } = new("missing_auth_token");

    /// <summary>The account or key cannot use this API.</summary>
    public static B2ErrorCode Unsupported { get; } = new("unsupported");

    /// <summary>The account's e-mail address must be verified first.</summary>
    public static B2ErrorCode EmailNotVerified { get; } = new("email_not_verified");

    /// <summary>The account must have paid first.</summary>
    public static B2ErrorCode NoPaymentHistory { get; } = new("no_payment_history");

    /// <summary>A cap is reached.</summary>
    public static B2ErrorCode CapExceeded { get; } = new("cap_exceeded");

    /// <summary>The storage cap is reached.</summary>
    public static B2ErrorCode StorageCapExceeded { get; } = new("storage_cap_exceeded");

    /// <summary>The cap on transactions is reached.</summary>
    public static B2ErrorCode TransactionCapExceeded { get; } = new("transaction_cap_exceeded");

    /// <summary>The cap on downloads is reached.</summary>
    public static B2ErrorCode DownloadCapExceeded { get; } = new("download_cap_exceeded");

    /// <summary>The operation is not called so.</summary>
    public static B2ErrorCode MethodNotAllowed { get; } = new("method_not_allowed");

    /// <summary>B2 waited too long for the bytes of the request.</summary>
    public static B2ErrorCode RequestTimeout { get; } = new("request_timeout");

    /// <summary>The bucket has another revision.</summary>
    public static B2ErrorCode Conflict { get; } = new("conflict");

    /// <summary>Too many requests in a short time.</summary>
    public static B2ErrorCode TooManyRequests { get; } = new("too_many_requests");

    /// <summary>B2 failed.</summary>
    public static B2ErrorCode InternalError { get; } = new("internal_error");

    /// <summary>B2, or this part of it, is busy.</summary>
    public static B2ErrorCode ServiceUnavailable { get; } = new("service_unavailable");

    /// <summary>The newest version of the file is no hide marker, so that there is nothing to unhide. Made by this library.</summary>
    public static B2ErrorCode FileNotHidden { get; } = new("file_not_hidden");

    /// <summary>The answer was not what B2 sends: empty, cut off, or not JSON. Made by this library.</summary>
    public static B2ErrorCode NonJsonResponse { get; } = new("non_json_response");

    /// <summary>No answer came: the connection failed or was lost. Made by this library.</summary>
    public static B2ErrorCode ConnectionFailed { get; } = new("connection_failed");

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
