namespace B2Sdk.Tests.Sessions;

/// <summary>Calls that may have been done although their answer never came.</summary>
public sealed class AmbiguousCallTests
{
    [Fact, Trait("Fact", "C27")]
    public async Task A_bucket_whose_creation_was_answered_into_the_void_is_found()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_create_bucket", Answer.Lost);

        var bucket = await rig.Api.CreateBucketAsync("another-bucket", BucketType.AllPrivate, cancellationToken: Rig.Stop);

        bucket.Name.ShouldBe("another-bucket");
        rig.Far.Count("b2_create_bucket").ShouldBe(2);
        rig.Far.Last("b2_list_buckets").Text("bucketName").ShouldBe("another-bucket");
    }

    [Fact, Trait("Fact", "C27")]
    public async Task A_name_that_is_taken_is_told_at_once()
    {
        await using var rig = await Rig.StartAsync();

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Api.CreateBucketAsync(Rig.BucketName, BucketType.AllPrivate, cancellationToken: Rig.Stop)
        );

        failure.Code.ShouldBe(B2ErrorCode.DuplicateBucketName);
        rig.Far.Journal.Count.ShouldBe(1);
    }

    [Fact, Trait("Fact", "C27")]
    public async Task A_name_that_a_stranger_has_is_told_even_after_a_lost_answer()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_create_bucket", Answer.HungUp, Answer.Error(400, "duplicate_bucket_name"));

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Api.CreateBucketAsync("another-bucket", BucketType.AllPrivate, cancellationToken: Rig.Stop)
        );

        failure.Code.ShouldBe(B2ErrorCode.DuplicateBucketName);
    }

    [Theory, Trait("Fact", "C27")]
    [InlineData(401, "expired_auth_token")]
    [InlineData(429, "too_many_requests")]
    public async Task A_bucket_of_before_is_not_passed_off_as_new_after_a_clear_refusal(int status, string code)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_create_bucket", Answer.Error(status, code));

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Api.CreateBucketAsync(Rig.BucketName, BucketType.AllPrivate, cancellationToken: Rig.Stop)
        );

        failure.Code.ShouldBe(B2ErrorCode.DuplicateBucketName);
    }

    [Fact]
    public async Task A_bucket_whose_deletion_was_answered_into_the_void_is_deleted()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_delete_bucket", Answer.Lost);

        await rig.Api.DeleteBucketAsync(rig.Bucket, Rig.Stop);

        rig.Far.Count("b2_delete_bucket").ShouldBe(2);
        (await rig.Account.FindBucketIdAsync(Rig.BucketName, Rig.Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Deleting_a_bucket_that_is_not_there_is_an_error()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Api.DeleteBucketAsync(rig.Bucket, Rig.Stop);

        (await Should.ThrowAsync<B2NotFoundException>(rig.Api.DeleteBucketAsync(rig.Bucket, Rig.Stop))).Code.ShouldBe(
            B2ErrorCode.BadBucketId
        );
    }

    [Fact, Trait("Fact", "C28"), Trait("Need", "D25")]
    public async Task A_hiding_that_was_answered_into_the_void_returns_the_marker()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", [1]);
        rig.Store("ab", [1]);
        rig.Far.Next("b2_hide_file", Answer.Lost);

        var marker = await rig.Bucket.HideFileAsync("a", Rig.Stop);

        marker.Action.ShouldBe(FileAction.Hide);
        marker.FileId.ShouldBe(rig.Far.Versions.Single(version => version.Action == "hide").FileId);
    }

    [Fact, Trait("Fact", "C28"), Trait("Need", "D25")]
    public async Task Hiding_twice_is_told()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", [1]);
        await rig.Bucket.HideFileAsync("a", Rig.Stop);

        var failure = await Should.ThrowAsync<B2Exception>(rig.Bucket.HideFileAsync("a", Rig.Stop));

        failure.Code.ShouldBe(B2ErrorCode.AlreadyHidden);
    }

    [Fact, Trait("Need", "D25")]
    public async Task Deleting_the_marker_shows_the_file_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", [1]);
        var marker = await rig.Bucket.HideFileAsync("a", Rig.Stop);
        (await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop)).ShouldBeEmpty();

        await rig.Bucket.DeleteFileVersionAsync(marker, cancellationToken: Rig.Stop);

        (await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop)).Single().FileName.ShouldBe("a");
    }

    [Fact, Trait("Fact", "C29"), Trait("Fact", "C83")]
    public async Task A_deletion_that_was_answered_into_the_void_is_done()
    {
        await using var rig = await Rig.StartAsync();
        var stored = rig.Store("a", [1]);
        rig.Far.Next("b2_delete_file_version", Answer.Lost);

        await rig.Bucket.DeleteFileVersionAsync("a", stored.FileId, cancellationToken: Rig.Stop);

        rig.Far.Count("b2_delete_file_version").ShouldBe(2);
        rig.Far.Last("b2_delete_file_version").Text("fileName").ShouldBe("a");
        rig.Far.Last("b2_delete_file_version").Text("fileId").ShouldBe(stored.FileId);
    }

    [Fact, Trait("Fact", "C29")]
    public async Task Deleting_what_is_not_there_is_an_error()
    {
        await using var rig = await Rig.StartAsync();

        var failure = await Should.ThrowAsync<B2NotFoundException>(
            rig.Bucket.DeleteFileVersionAsync("a", "4_z1", cancellationToken: Rig.Stop)
        );

        failure.Code.ShouldBe(B2ErrorCode.FileNotPresent);
        rig.Far.Journal.Count.ShouldBe(1);
    }

    [Theory, Trait("Fact", "C29")]
    [InlineData(401, "expired_auth_token")]
    [InlineData(429, "too_many_requests")]
    public async Task Deleting_what_was_never_there_is_an_error_after_a_clear_refusal_too(int status, string code)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_delete_file_version", Answer.Error(status, code));

        await Should.ThrowAsync<B2NotFoundException>(rig.Bucket.DeleteFileVersionAsync("a", "4_z1", cancellationToken: Rig.Stop));
    }

    [Fact, Trait("Need", "D30")]
    public async Task A_locked_version_is_told_and_not_taken_for_deleted()
    {
        await using var rig = await Rig.StartAsync();
        var stored = rig.Store("a", [1]);
        rig.Far.Always("b2_delete_file_version", Answer.Error(401, "access_denied", "Access Denied"));

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Bucket.DeleteFileVersionAsync("a", stored.FileId, cancellationToken: Rig.Stop)
        );

        failure.Code.Value.ShouldBe("access_denied");
        rig.Far.Journal.Count.ShouldBe(1);
        rig.Far.Last("b2_delete_file_version").Json.TryGetProperty("bypassGovernance", out _).ShouldBeFalse();
    }

    [Theory, Trait("Fact", "C26")]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_large_file_is_started_again_when_it_surely_was_not_started(int status)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_start_large_file", Answer.Error(status, "busy"), Answer.Unreachable);

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop);

        rig.Far.Count("b2_start_large_file").ShouldBe(3);
        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(25_000));
    }
}
