namespace B2Sdk.Wire;

/// <summary>What B2 charges for each operation, and how often each class was called.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TransactionClasses
{
    private readonly long[] _counts = new long[3];

    public TransactionCounts Counts =>
        new(
            Interlocked.Read(ref _counts[(int)TransactionClass.A]),
            Interlocked.Read(ref _counts[(int)TransactionClass.B]),
            Interlocked.Read(ref _counts[(int)TransactionClass.C])
        );

    public TransactionClass Count(string operation)
    {
        var billed = Of(operation);
        Interlocked.Increment(ref _counts[(int)billed]);
        return billed;
    }

    // The price page names the classes A and B; whatever is in neither is in C.
    public static TransactionClass Of(string operation) =>
        operation switch
        {
            "b2_cancel_large_file"
            or "b2_delete_bucket"
            or "b2_delete_file_version"
            or "b2_delete_key"
            or "b2_finish_large_file"
            or "b2_get_upload_part_url"
            or "b2_get_upload_url"
            or "b2_hide_file"
            or "b2_start_large_file"
            or "b2_update_file_legal_hold"
            or "b2_update_file_retention"
            or "b2_upload_file"
            or "b2_upload_part" => TransactionClass.A,
            "b2_download_file_by_id" or "b2_download_file_by_name" or "b2_get_file_info" => TransactionClass.B,
            _ => TransactionClass.C,
        };
}
