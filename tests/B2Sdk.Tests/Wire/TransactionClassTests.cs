using B2Sdk.Wire;

namespace B2Sdk.Tests.Wire;

[Trait("Need", "46")]
public sealed class TransactionClassTests
{
    [Theory]
    [InlineData("A", "b2_upload_file b2_upload_part b2_get_upload_url b2_get_upload_part_url b2_start_large_file")]
    [InlineData("A", "b2_finish_large_file b2_cancel_large_file b2_hide_file b2_delete_file_version b2_delete_bucket b2_delete_key")]
    [InlineData("A", "b2_update_file_retention b2_update_file_legal_hold")]
    [InlineData("B", "b2_download_file_by_id b2_download_file_by_name b2_get_file_info")]
    [InlineData("C", "b2_authorize_account b2_list_buckets b2_list_file_names b2_list_file_versions b2_list_keys b2_list_parts")]
    [InlineData("C", "b2_list_unfinished_large_files b2_create_bucket b2_update_bucket b2_create_key b2_copy_file b2_copy_part")]
    [InlineData("C", "b2_get_download_authorization b2_get_bucket_notification_rules b2_set_bucket_notification_rules")]
    public void Operations_are_charged_as_B2_says(string billed, string operations)
    {
        foreach (var operation in operations.Split(' '))
        {
            TransactionClasses.Of(operation).ToString().ShouldBe(billed, operation);
        }
    }
}
