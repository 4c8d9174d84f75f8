namespace B2Sdk.Wire;

/// <summary>What to do about a refusal, where B2's own words do not say.</summary>
internal static class ErrorAdvice
{
    private const string CapsPage = "Raise it on the Caps & Alerts page of Backblaze's web site, or wait until tomorrow";

    public static string? For(FailureFacts failure) =>
        failure.Code.ToString() switch
        {
            "duplicate_bucket_name" => "Bucket names are unique over all of B2, whatever their case",
            "too_many_buckets" => "Delete a bucket, or ask Backblaze for more",
            "cannot_delete_non_empty_bucket" =>
                $"Its versions, hide markers and unfinished large files must go first, as with {nameof(Bucket)}.EmptyAsync",
            "bucket_missing_file_lock" => "Switch file lock on in the bucket's settings first; that cannot be undone",
            "file_lock_conflict" => "File lock stays on for good once it is on",
            "source_replication_conflict" => "Take the bucket's replication to others away first",
            "metadata_exceeded" => "Copy the file with less file info, and lock the copy",
            "conflict" => "Somebody changed the bucket meanwhile: read it again, and apply the change to what it is now",
            "access_denied" => ForLocked(failure.Operation),
            "email_not_verified" => "Verify the account's e-mail address on Backblaze's web site",
            "no_payment_history" => "Backblaze wants a first payment before this",
            "custom_timestamp_not_allowed" => "Backblaze must enable the account for upload times of its own",
            "cap_exceeded" => $"A cap of the account is reached. {CapsPage}",
            "storage_cap_exceeded" => $"The account's storage cap is reached. {CapsPage}",
            "transaction_cap_exceeded" => $"The account's cap on transactions is reached. {CapsPage}",
            "download_cap_exceeded" => $"The account's cap on downloads is reached. {CapsPage}",
            _ => null,
        };

    private static string ForLocked(string operation) =>
        operation switch
        {
            "b2_delete_file_version" => "The version is locked by a retention or a legal hold",
            "b2_update_file_retention" =>
                "The retention in force does not allow the change; governance mode does when asked to be bypassed",
            "b2_update_file_legal_hold" => "The version's legal hold may not be changed",
            _ => "The encryption key is not the one with which the file was stored",
        };
}
