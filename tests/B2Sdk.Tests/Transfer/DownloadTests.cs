namespace B2Sdk.Tests.Transfer;

public sealed class DownloadTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(25_000)]
    [InlineData(1_000_000)]
    public async Task A_file_arrives_in_a_stream_and_in_a_file(int size)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        var stored = rig.Store("a", Rig.Bytes(size));
        using var sink = new MemoryStream();

        var toStream = await rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop);
        var toFile = await rig.Api.DownloadToFileByIdAsync(stored.FileId, folder.File("a"), cancellationToken: Rig.Stop);

        sink.ToArray().ShouldBeBytes(Rig.Bytes(size));
        sink.CanWrite.ShouldBeTrue();
        File.ReadAllBytes(folder.File("a")).ShouldBeBytes(Rig.Bytes(size));
        foreach (var result in new[] { toStream, toFile })
        {
            (result.BytesWritten, result.File.FileId, result.File.SizeInBytes).ShouldBe((size, stored.FileId, size));
            result.Verification.ShouldBe(ContentVerification.Sha1);
        }
        folder.Names.ShouldBe(["a"]);
    }

    [Fact]
    public async Task More_than_an_array_holds_is_not_downloaded_into_one()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));
        var length = Array.MaxLength + 1L;
        rig.Far.Next("b2_download_file_by_name", Answer.Changed(response => response.Content.Headers.ContentLength = length));

        var failure = await Should.ThrowAsync<IOException>(rig.Bucket.DownloadBytesAsync("a", cancellationToken: Rig.Stop));

        failure.Message.ShouldBe(
            "'a' has 2147483592 bytes to download; an array holds up to 2147483591. Download it to a file or a stream."
        );
    }

    [Fact, Trait("Fact", "C69"), Trait("Fact", "C70"), Trait("Need", "D7")]
    public async Task A_body_that_ends_cleanly_at_any_byte_is_resumed_there()
    {
        await using var rig = await Rig.StartAsync();
        var stored = rig.Store("a", Rig.Bytes(300));
        for (var cut = 0; cut < 300; cut += 7)
        {
            rig.Far.ClearJournal();
            rig.Far.Next("b2_download_file_by_name", Answer.EndBodyAfter(cut));
            using var sink = new MemoryStream();

            await rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop);

            sink.ToArray().ShouldBeBytes(Rig.Bytes(300));
            var again = rig.Far.Last("b2_download_file_by_id");
            again.Url.Query.ShouldBe($"?fileId={stored.FileId}");
            again.Headers["Range"].ShouldBe($"bytes={cut}-299");
        }
    }

    [Fact, Trait("Fact", "C69")]
    public async Task A_body_that_breaks_or_stalls_again_and_again_is_resumed_at_each_next_byte()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 3 } });
        rig.Store("a", Rig.Bytes(1_000));
        rig.Far.Next("b2_download_file_by_name", Answer.CutBodyAfter(100));
        for (var i = 0; i < 10; i++)
        {
            rig.Far.Next("b2_download_file_by_id", i % 2 == 0 ? Answer.CutBodyAfter(50) : Answer.StallBodyAfter(50));
        }
        using var sink = new MemoryStream();

        await rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop);

        sink.ToArray().ShouldBeBytes(Rig.Bytes(1_000));
        rig.Far.Of("b2_download_file_by_id")
            .Select(sent => sent.Headers["Range"])
            .ShouldBe(Enumerable.Range(0, 11).Select(index => $"bytes={100 + 50 * index}-999"));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task A_download_that_cannot_be_opened_yet_is_opened_later(int status)
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));
        rig.Far.Next("b2_download_file_by_name", 2, Answer.Error(status, "busy"));
        using var sink = new MemoryStream();

        await rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop);

        sink.Length.ShouldBe(100);
        rig.Clock.Waits.Count.ShouldBe(2);
    }

    [Fact, Trait("Fact", "C7")]
    public async Task A_token_that_dies_in_the_middle_of_a_download_is_renewed()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));
        rig.Far.Next(
            "b2_download_file_by_name",
            async (far, exchange, stop) =>
            {
                var response = await Answer.CutBodyAfter(50)(far, exchange, stop);
                far.ExpireTokens();
                return response;
            }
        );
        using var sink = new MemoryStream();

        await rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop);

        sink.ToArray().ShouldBeBytes(Rig.Bytes(100));
        rig.Far.Count("b2_authorize_account").ShouldBe(1);
    }

    [Fact, Trait("Fact", "C24")]
    public async Task A_download_that_never_gets_on_is_given_up_within_one_budget()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 6 } });
        rig.Store("a", Rig.Bytes(100));
        rig.Far.Always("b2_download_file_by_name", Answer.CutBodyAfter(0));
        rig.Far.Always("b2_download_file_by_id", Answer.Unreachable);
        using var sink = new MemoryStream();

        await Should.ThrowAsync<B2Exception>(rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop));

        rig.Far.Journal.Count.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact, Trait("Fact", "C69"), Trait("Need", "D28")]
    public async Task A_version_that_is_uploaded_meanwhile_is_not_mixed_in()
    {
        await using var rig = await Rig.StartAsync();
        var old = rig.Store("a", Rig.Bytes(1_000));
        rig.Far.Next(
            "b2_download_file_by_name",
            async (far, exchange, stop) =>
            {
                var response = await Answer.CutBodyAfter(500)(far, exchange, stop);
                rig.Store("a", Rig.Bytes(1_000, 2));
                return response;
            }
        );
        using var sink = new MemoryStream();

        var result = await rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop);

        sink.ToArray().ShouldBeBytes(Rig.Bytes(1_000));
        result.File.FileId.ShouldBe(old.FileId);
    }

    [Fact, Trait("Need", "D28")]
    public async Task A_service_that_answers_with_another_version_is_not_believed()
    {
        await using var rig = await Rig.StartAsync();
        var old = rig.Store("a", Rig.Bytes(1_000));
        rig.Far.Replace(old, old with { Sha1 = "none" });
        rig.Far.Next("b2_download_file_by_name", Answer.CutBodyAfter(500));
        rig.Far.Always(
            "b2_download_file_by_id",
            Answer.Changed(response =>
            {
                response.Headers.Remove("X-Bz-File-Id");
                response.Headers.TryAddWithoutValidation("X-Bz-File-Id", "4_z_another");
            })
        );
        using var folder = new TemporaryFolder();

        await Should.ThrowAsync<B2ChecksumException>(rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop));

        folder.Names.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_that_ignores_ranges_is_read_from_the_start(bool breaksAgain)
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(1_000));
        Reply whole = Answer.Changed(response =>
        {
            response.StatusCode = System.Net.HttpStatusCode.OK;
            response.Content = CopyOf(Rig.Bytes(1_000), response.Content);
        });
        rig.Far.Always("b2_download_file_by_name", whole);
        rig.Far.Always("b2_download_file_by_id", whole);
        if (breaksAgain)
        {
            rig.Far.Next(
                "b2_download_file_by_name",
                Answer.Changed(response =>
                {
                    response.StatusCode = System.Net.HttpStatusCode.OK;
                    var content = new StreamContent(new BrokenOffStream(Rig.Bytes(1_000), 300, how: null));
                    content.Headers.ContentLength = 1_000;
                    response.Content = content;
                })
            );
        }
        using var sink = new MemoryStream();

        await rig.Bucket.DownloadToStreamAsync("a", sink, new() { Range = new(500, 599) }, Rig.Stop);

        sink.ToArray().ShouldBeBytes(Rig.Bytes(1_000)[500..600]);
    }

    [Theory, Trait("Fact", "C68")]
    [InlineData(0L, 9L, 0, 10)]
    [InlineData(5L, null, 5, 100)]
    [InlineData(90L, 999L, 90, 100)]
    [InlineData(99L, 99L, 99, 100)]
    [InlineData(0L, long.MaxValue, 0, 100)]
    [InlineData(7L, long.MaxValue, 7, 100)]
    public async Task A_stretch_arrives_and_no_digest_is_compared_with_it(long start, long? end, int from, int to)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Rig.Bytes(100));
        using var sink = new MemoryStream();
        var options = new DownloadOptions { Range = new(start, end) };

        var result = await rig.Bucket.DownloadToStreamAsync("a", sink, options, Rig.Stop);
        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), options, Rig.Stop);

        sink.ToArray().ShouldBeBytes(Rig.Bytes(100)[from..to]);
        File.ReadAllBytes(folder.File("a")).ShouldBeBytes(Rig.Bytes(100)[from..to]);
        result.BytesWritten.ShouldBe(to - from);
        result.Verification.ShouldBe(to - from < 100 ? ContentVerification.None : ContentVerification.Sha1);
    }

    [Fact]
    public async Task A_stretch_that_begins_after_the_end_is_refused()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Rig.Bytes(100));

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Bucket.DownloadToFileAsync("a", folder.File("a"), new() { Range = new(100) }, Rig.Stop)
        );

        failure.Code.ShouldBe(B2ErrorCode.RangeNotSatisfiable);
        folder.Names.ShouldBeEmpty();
    }

    [Fact, Trait("Need", "D25")]
    public async Task A_hidden_file_is_not_found()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));
        await rig.Bucket.HideFileAsync("a", Rig.Stop);

        using var sink = new MemoryStream();
        var failure = await Should.ThrowAsync<B2NotFoundException>(
            rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop)
        );

        failure.Subject.ShouldBe("a");
        await Should.ThrowAsync<B2NotFoundException>(rig.Bucket.GetFileInfoByNameAsync("a", cancellationToken: Rig.Stop));
    }

    private static StreamContent CopyOf(byte[] bytes, HttpContent _)
    {
        var content = new StreamContent(new MemoryStream(bytes));
        content.Headers.ContentLength = bytes.Length;
        return content;
    }
}
