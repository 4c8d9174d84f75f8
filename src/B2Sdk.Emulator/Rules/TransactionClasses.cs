namespace B2Sdk.Emulator.Rules;

/// <summary>Into which class of transactions B2 puts an operation: A is free, B and C are paid for.</summary>
internal static class TransactionClasses
{
    public const string DownloadById = "b2_download_file_by_id";
    public const string DownloadByName = "b2_download_file_by_name";
    private const int RowsPerTransaction = 1000;

    private static readonly Dictionary<string, char> ByOperation = new(StringComparer.Ordinal)
    {
        ["b2_authorize_account"] = 'C',
        ["b2_cancel_large_file"] = 'A',
        ["b2_copy_file"] = 'C',
        ["b2_copy_part"] = 'C',
        ["b2_create_bucket"] = 'C',
        ["b2_create_key"] = 'C',
        ["b2_delete_bucket"] = 'A',
        ["b2_delete_file_version"] = 'A',
        ["b2_delete_key"] = 'A',
        [DownloadById] = 'B',
        [DownloadByName] = 'B',
        ["b2_finish_large_file"] = 'A',
        ["b2_get_bucket_notification_rules"] = 'C',
        ["b2_get_download_authorization"] = 'C',
        ["b2_get_file_info"] = 'B',
        ["b2_get_upload_part_url"] = 'A',
        ["b2_get_upload_url"] = 'A',
        ["b2_hide_file"] = 'A',
        ["b2_list_buckets"] = 'C',
        ["b2_list_file_names"] = 'C',
        ["b2_list_file_versions"] = 'C',
        ["b2_list_keys"] = 'C',
        ["b2_list_parts"] = 'C',
        ["b2_list_unfinished_large_files"] = 'C',
        ["b2_set_bucket_notification_rules"] = 'C',
        ["b2_start_large_file"] = 'A',
        ["b2_update_bucket"] = 'C',
        ["b2_update_file_legal_hold"] = 'A',
        ["b2_update_file_retention"] = 'A',
        ["b2_upload_file"] = 'A',
        ["b2_upload_part"] = 'A',
    };

    /// <summary>Every operation that has a class, which is every operation there is.</summary>
    public static IReadOnlyCollection<string> Operations => ByOperation.Keys;

    /// <summary>The class of an operation: A, B or C; null for what is no operation.</summary>
    public static char? Of(string operation) => ByOperation.TryGetValue(operation, out var found) ? found : null;

    /// <summary>How many transactions a call counts for: listings one for each thousand rows that is begun, everything else one.</summary>
    public static long Count(int rows) => Math.Max(1, (rows + RowsPerTransaction - 1) / RowsPerTransaction);
}
