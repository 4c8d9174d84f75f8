using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>Every operation that is a JSON call, by its name.</summary>
internal static class Operations
{
    public static readonly IReadOnlyDictionary<string, Func<Call, Task>> All = new Dictionary<string, Func<Call, Task>>(
        StringComparer.Ordinal
    )
    {
        ["b2_authorize_account"] = Accounts.AuthorizeAsync,
        ["b2_cancel_large_file"] = LargeFiles.CancelAsync,
        ["b2_copy_file"] = Copies.FileAsync,
        ["b2_copy_part"] = Copies.PartAsync,
        ["b2_create_bucket"] = Buckets.CreateAsync,
        ["b2_create_key"] = Keys.CreateAsync,
        ["b2_delete_bucket"] = Buckets.DeleteAsync,
        ["b2_delete_file_version"] = Files.DeleteVersionAsync,
        ["b2_delete_key"] = Keys.DeleteAsync,
        ["b2_finish_large_file"] = LargeFiles.FinishAsync,
        ["b2_get_bucket_notification_rules"] = Notifications.GetRulesAsync,
        ["b2_get_download_authorization"] = Downloads.AuthorizeAsync,
        ["b2_get_file_info"] = Files.GetInfoAsync,
        ["b2_get_upload_part_url"] = LargeFiles.GetUploadPartUrlAsync,
        ["b2_get_upload_url"] = Uploads.GetUrlAsync,
        ["b2_hide_file"] = Files.HideAsync,
        ["b2_list_buckets"] = Buckets.ListAsync,
        ["b2_list_file_names"] = Listings.NamesAsync,
        ["b2_list_file_versions"] = Listings.VersionsAsync,
        ["b2_list_keys"] = Keys.ListAsync,
        ["b2_list_parts"] = LargeFiles.ListPartsAsync,
        ["b2_list_unfinished_large_files"] = Listings.UnfinishedAsync,
        ["b2_set_bucket_notification_rules"] = Notifications.SetRulesAsync,
        ["b2_start_large_file"] = LargeFiles.StartAsync,
        ["b2_update_bucket"] = Buckets.UpdateAsync,
        ["b2_update_file_legal_hold"] = FileLocks.UpdateLegalHoldAsync,
        ["b2_update_file_retention"] = FileLocks.UpdateRetentionAsync,
    };
}
