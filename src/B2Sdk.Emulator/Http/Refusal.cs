namespace B2Sdk.Emulator.Http;

/// <summary>What B2 answers instead of doing what it was asked.</summary>
internal sealed class Refusal(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>After how long to try again, as its header says it; null to say nothing.</summary>
    public string? RetryAfter { get; init; }

    public static Refusal BadRequest(string message) => new(400, "bad_request", message);

    public static Refusal BadJson(string message) => new(400, "bad_json", message);

    public static Refusal NoSuchBucket(string bucketId) => new(400, "bad_bucket_id", $"Bucket {bucketId} does not exist");

    public static Refusal InvalidBucketId(string bucketId) => new(400, "invalid_bucket_id", $"Invalid bucketId: {bucketId}");

    /// <remarks>An empty id has words of its own, by which clients know that there is no file.</remarks>
    public static Refusal BadFileId(string fileId) => BadRequest(fileId.Length == 0 ? "Bad fileId: " : $"Invalid fileId: {fileId}");

    public static Refusal FileNotPresent(string fileName, string fileId) =>
        new(400, "file_not_present", $"File not present: {fileName} {fileId}");

    public static Refusal NotFound(string message) => new(404, "not_found", message);

    /// <summary>The key may not do this; B2 does not say why.</summary>
    public static Refusal Unauthorized() => new(401, "unauthorized", "");

    /// <summary>The key may do this, but the file is closed to it: by a retention, or by a customer key that is another.</summary>
    public static Refusal AccessDenied() => new(403, "access_denied", "Access Denied");

    /// <summary>The same where a file is to be deleted, which B2 answers with another status.</summary>
    public static Refusal DeletionDenied() => new(401, "access_denied", "Access Denied");

    /// <summary>What is to be stored is more than the account may have.</summary>
    public static Refusal CapExceeded() => new(403, "cap_exceeded", "Cap exceeded");

    /// <summary>The same where nothing is stored yet.</summary>
    public static Refusal StorageCapExceeded() => new(403, "storage_cap_exceeded", "Storage cap exceeded");

    /// <summary>The account has had downloaded what it may today.</summary>
    public static Refusal DownloadCapExceeded() =>
        new(
            403,
            "download_cap_exceeded",
            "Cannot download file, download bandwidth or transaction (Class B) cap exceeded. See the Caps & Alerts page to increase your cap."
        );

    /// <summary>The account has made the transactions that it may today.</summary>
    public static Refusal TransactionCapExceeded() => new(403, "transaction_cap_exceeded", "Transaction cap exceeded");

    public static Refusal MissingToken() => new(401, "missing_auth_token", "No Authorization header");

    public static Refusal BadToken() => new(401, "bad_auth_token", "Invalid authorization token");

    public static Refusal ExpiredToken() => new(401, "expired_auth_token", "Authorization token has expired");

    public static Refusal TokenInUse(string token) => new(400, "auth_token_limit", $"more than one upload using auth token {token}");

    /// <summary>A number is too small or too large, for which some calls have a code of their own.</summary>
    public static Refusal OutOfRange(string field, long value, int least, int most, string code = "bad_request") =>
        new(400, code, $"{field} is {value}; it must be in range {least} - {most}");

    public static Refusal RangeNotSatisfiable(string range) =>
        new(416, "range_not_satisfiable", $"The range '{range}' lies outside of the file");
}
