using B2Sdk.Wire;

namespace B2Sdk.Tests.Surface;

/// <summary>Lists of what B2 has, as far as the library names it.</summary>
public sealed class SurfaceListTests
{
    [Fact]
    public void The_capabilities_are_the_26_that_B2_documents()
    {
        Capability.All.Count.ShouldBe(26);
        Capability.All.Distinct().Count().ShouldBe(26);
        Capability.All.ShouldContain(new Capability("writeBucketNotifications"));
        foreach (
            var preset in new[]
            {
                CapabilityPresets.ReadOnly,
                CapabilityPresets.ReadWrite,
                CapabilityPresets.BackupWriter,
                CapabilityPresets.UploadOnly,
                CapabilityPresets.Share,
            }
        )
        {
            preset.ShouldBeSubsetOf(Capability.All);
        }
        CapabilityPresets.BackupWriter.ShouldNotContain(Capability.DeleteFiles);
    }

    [Fact]
    public void The_event_types_are_the_twelve_that_a_rule_can_name()
    {
        NotificationEventType.All.Distinct().Count().ShouldBe(12);
        NotificationEventType.All.ShouldAllBe(type => type.ToString().StartsWith("b2:"));
    }

    [Fact]
    public void The_operations_of_a_CORS_rule_are_the_nine_that_B2_knows()
    {
        CorsOperation[] named =
        [
            CorsOperation.DownloadFileByName,
            CorsOperation.DownloadFileById,
            CorsOperation.UploadFile,
            CorsOperation.UploadPart,
            CorsOperation.S3Delete,
            CorsOperation.S3Get,
            CorsOperation.S3Head,
            CorsOperation.S3Post,
            CorsOperation.S3Put,
        ];

        string.Join(' ', named)
            .ShouldBe(
                "b2_download_file_by_name b2_download_file_by_id b2_upload_file b2_upload_part s3_delete s3_get s3_head s3_post s3_put"
            );
        typeof(CorsOperation).GetProperties().Count(property => property.PropertyType == typeof(CorsOperation)).ShouldBe(named.Length);
    }

    [Fact]
    public void Copies_may_be_silent_for_longer_than_other_calls()
    {
        FileEndpoints.Copy.Patience.ShouldBe(TimeSpan.FromMinutes(20));
        LargeFileEndpoints.CopyPart.Patience.ShouldBe(TimeSpan.FromMinutes(20));
        BucketEndpoints.List.Patience.ShouldBeNull();
    }

    [Fact, Trait("Fact", "C26")]
    public void Only_what_leaves_something_behind_each_time_is_not_repeated()
    {
        KeyEndpoints.Create.IsRepeatable.ShouldBeFalse();
        LargeFileEndpoints.Start.IsRepeatable.ShouldBeFalse();
        FileEndpoints.Copy.IsRepeatable.ShouldBeTrue();
    }
}
