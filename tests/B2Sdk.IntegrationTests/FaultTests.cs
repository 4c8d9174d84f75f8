using System.Net;

namespace B2Sdk.IntegrationTests;

/// <summary>What happens when the wire between client and service fails: the right bytes once, or a clear error and nothing.</summary>
public sealed class FaultTests(EmulatorFixture emulator) : AccountTest(emulator)
{
    private const int PartSize = EmulatorFixture.MinimumPartSize;

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_refused_upload_is_made_again_at_a_new_url(int status)
    {
        var wire = new FaultyWire().Refuse("b2_upload_file", (HttpStatusCode)status);
        var bucket = await BucketOverAsync(wire);

        await bucket.UploadBytesAsync(new byte[100], N("a"), cancellationToken: Stop);

        wire.CountOf("b2_get_upload_url").ShouldBe(2);
        (await ListAsync(new() { LatestOnly = false })).ShouldHaveSingleItem();
    }

    [Fact]
    [Trait("Need", "D12")]
    public async Task An_upload_whose_reply_was_lost_is_found_and_not_made_twice()
    {
        var wire = new FaultyWire().LoseReply("b2_upload_file");
        var bucket = await BucketOverAsync(wire);

        var file = await bucket.UploadBytesAsync(NewContent(100), N("a"), cancellationToken: Stop);

        wire.CountOf("b2_upload_file").ShouldBe(1);
        (await ListAsync(new() { LatestOnly = false })).ShouldHaveSingleItem().FileId.ShouldBe(file.FileId);
    }

    [Fact]
    public async Task An_earlier_version_with_the_same_bytes_is_not_taken_for_the_upload_that_was_lost()
    {
        var wire = new FaultyWire().Refuse("b2_upload_file", HttpStatusCode.ServiceUnavailable);
        await UploadAsync("a", NewContent(100));
        var bucket = await BucketOverAsync(wire);

        await bucket.UploadBytesAsync(NewContent(100), N("a"), cancellationToken: Stop);

        (await ListAsync(new() { LatestOnly = false })).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_large_file_survives_the_failure_of_any_call()
    {
        var wire = new FaultyWire()
            .Refuse("b2_start_large_file", HttpStatusCode.ServiceUnavailable)
            .Refuse("b2_start_large_file", HttpStatusCode.InternalServerError)
            .LoseReply("b2_start_large_file")
            .Refuse("b2_get_upload_part_url", HttpStatusCode.InternalServerError)
            .LoseReply("b2_upload_part")
            .Refuse("b2_upload_part", HttpStatusCode.ServiceUnavailable)
            .LoseReply("b2_finish_large_file");
        var bucket = await BucketOverAsync(wire);
        var content = NewContent(PartSize * 5 + 3);

        await bucket.UploadBytesAsync(content, N("large"), new() { PartSize = PartSize }, Stop);

        (await DownloadAsync("large")).ShouldBe(content);
        (await ListAsync(new() { LatestOnly = false })).ShouldHaveSingleItem().Action.ShouldBe(FileAction.Upload);
    }

    [Fact]
    public async Task A_large_file_that_fails_for_good_is_canceled()
    {
        var wire = new FaultyWire().Refuse("b2_upload_part", HttpStatusCode.BadRequest, "bad_request");
        var bucket = await BucketOverAsync(wire);

        var failure = await Should.ThrowAsync<B2Exception>(() =>
            bucket.UploadBytesAsync(NewContent(PartSize * 3), N("large"), new() { PartSize = PartSize }, Stop)
        );

        failure.Operation.ShouldBe("b2_upload_part");
        wire.CountOf("b2_cancel_large_file").ShouldBe(1);
        (await ListAsync(new() { LatestOnly = false })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_download_that_breaks_goes_on_at_the_next_byte()
    {
        var content = NewContent(50_000);
        await UploadAsync("a", content);
        var wire = new FaultyWire()
            .Cut("b2_download_file_by_name", after: 10_000)
            .Cut("b2_download_file_by_id", after: 10_000)
            .Refuse("b2_download_file_by_id", HttpStatusCode.ServiceUnavailable)
            .Cut("b2_download_file_by_id", after: 1);
        var bucket = await BucketOverAsync(wire);
        var path = NewPath();

        await bucket.DownloadToFileAsync(N("a"), path, cancellationToken: Stop);

        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe(content);
        wire.CountOf("b2_download_file_by_name").ShouldBe(1);
    }

    [Fact]
    public async Task A_version_uploaded_while_a_download_is_interrupted_is_not_mixed_in()
    {
        var old = NewContent(50_000);
        await UploadAsync("a", old);
        var bucket = await BucketOverAsync(new FaultyWire().Cut("b2_download_file_by_name", after: 20_000));

        await using var stream = await bucket.OpenReadAsync(N("a"), cancellationToken: Stop);
        var start = new byte[10_000];
        await stream.ReadExactlyAsync(start, Stop);
        await UploadAsync("a", new byte[50_000]);
        var rest = new byte[40_000];
        await stream.ReadExactlyAsync(rest, Stop);

        start.Concat(rest).ShouldBe(old);
    }

    [Fact]
    public async Task A_corrupted_download_is_an_error_and_leaves_no_file()
    {
        await UploadAsync("a", NewContent(1000));
        var bucket = await BucketOverAsync(new FaultyWire().Corrupt("b2_download_file_by_name"));

        await Should.ThrowAsync<B2ChecksumException>(() => bucket.DownloadToFileAsync(N("a"), NewPath(), cancellationToken: Stop));

        FilesOnDisk().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listing_survives_a_refused_page()
    {
        for (var i = 0; i < 5; i++)
        {
            await UploadAsync($"file-{i}");
        }
        var bucket = await BucketOverAsync(new FaultyWire().Refuse("b2_list_file_names", HttpStatusCode.ServiceUnavailable));

        var count = 0;
        await foreach (var _ in bucket.ListAsync(new() { Prefix = N(""), PageSize = 2 }, Stop))
        {
            count++;
        }

        count.ShouldBe(5);
    }

    [Fact]
    public async Task A_deletion_whose_answer_was_lost_is_no_error()
    {
        var file = await UploadAsync("a");
        var bucket = await BucketOverAsync(new FaultyWire().LoseReply("b2_delete_file_version"));

        await bucket.DeleteFileVersionAsync(file, cancellationToken: Stop);

        (await ListAsync(new() { LatestOnly = false })).ShouldBeEmpty();
        await Should.ThrowAsync<B2NotFoundException>(() => Bucket.DeleteFileVersionAsync(file, cancellationToken: Stop));
    }

    [Fact]
    public async Task A_hiding_whose_answer_was_lost_is_no_error()
    {
        await UploadAsync("a");
        var bucket = await BucketOverAsync(new FaultyWire().LoseReply("b2_hide_file"));

        var marker = await bucket.HideFileAsync(N("a"), Stop);

        marker.Action.ShouldBe(FileAction.Hide);
        (await ListAsync(new() { LatestOnly = false })).Count.ShouldBe(2);
        (await Should.ThrowAsync<B2Exception>(() => Bucket.HideFileAsync(N("a"), Stop))).Code.ShouldBe(B2ErrorCode.AlreadyHidden);
    }
}
