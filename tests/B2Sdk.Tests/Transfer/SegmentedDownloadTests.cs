namespace B2Sdk.Tests.Transfer;

/// <summary>Files that travel to a local file in several stretches of 32 MiB at a time.</summary>
public sealed class SegmentedDownloadTests
{
    private const int Segment = 32 * 1024 * 1024;
    private const int Size = 2 * Segment + 12_345;
    private static readonly byte[] Content = Rig.Bytes(Size);

    [Theory, Trait("Fact", "C69")]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Every_stretch_lands_in_its_place_and_the_whole_is_checked(int concurrency)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        var stored = rig.Store("a", Content);
        // A version that comes meanwhile is not mixed in.
        rig.Far.Next(
            "b2_download_file_by_name",
            async (far, exchange, stop) =>
            {
                var response = await far.AnswerWellAsync(exchange, stop);
                rig.Store("a", Rig.Bytes(Size, 2));
                return response;
            }
        );

        var result = await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), new() { Concurrency = concurrency }, Rig.Stop);

        (await File.ReadAllBytesAsync(folder.File("a"), Rig.Stop)).ShouldBeBytes(Content);
        (result.File.FileId, result.Verification, result.BytesWritten).ShouldBe((stored.FileId, ContentVerification.Sha1, (long)Size));
        rig.Far.Of("b2_download_file_by_id")
            .Select(sent => sent.Headers["Range"])
            .Order()
            .ShouldBe([$"bytes={Segment}-{2 * Segment - 1}", $"bytes={2 * Segment}-{Size - 1}"]);
        rig.Far.Of("b2_download_file_by_id").ShouldAllBe(sent => sent.Url.Query == $"?fileId={stored.FileId}");
    }

    [Fact, Trait("Fact", "C69"), Trait("Need", "D7")]
    public async Task Stretches_that_break_are_resumed()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Content);
        rig.Far.Next("b2_download_file_by_name", Answer.CutBodyAfter(1_000_000));
        rig.Far.Next("b2_download_file_by_id", Answer.EndBodyAfter(7), Answer.CutBodyAfter(5_000), Answer.Error(503, "busy"));

        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop);

        (await File.ReadAllBytesAsync(folder.File("a"), Rig.Stop)).ShouldBeBytes(Content);
    }

    [Theory, Trait("Need", "D7")]
    [InlineData(403)]
    [InlineData(200)]
    public async Task A_stretch_that_fails_for_good_leaves_nothing(int status)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Content);
        rig.Far.Always(
            "b2_download_file_by_id",
            status == 403
                ? Answer.Error(403, "download_cap_exceeded")
                : Answer.ChangedBody(body =>
                {
                    body[0] ^= 1;
                    return new MemoryStream(body);
                })
        );

        var failure = await Record.ExceptionAsync(() => rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop));

        failure.ShouldBeOfType(status == 403 ? typeof(B2CapExceededException) : typeof(B2ChecksumException));
        folder.Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_stretch_of_a_longer_file_comes_in_stretches_too()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Content);

        var result = await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), new() { Range = new(1_000, Segment + 2_000) }, Rig.Stop);

        (await File.ReadAllBytesAsync(folder.File("a"), Rig.Stop)).ShouldBeBytes(Content[1_000..(Segment + 2_001)]);
        result.Verification.ShouldBe(ContentVerification.None);
    }

    [Fact]
    public async Task No_more_stretches_travel_at_the_same_time_than_was_asked()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Content);
        var (open, most) = (0, 0);
        Reply counted = Answer.ChangedBody(body =>
        {
            most = Math.Max(most, Interlocked.Increment(ref open));
            return new ClosingStream(body, () => Interlocked.Decrement(ref open));
        });
        rig.Far.Always("b2_download_file_by_name", counted);
        rig.Far.Always("b2_download_file_by_id", counted);

        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), new() { Concurrency = 1 }, Rig.Stop);

        // The first answer stays open until all is done.
        most.ShouldBeLessThanOrEqualTo(2);
        open.ShouldBe(0);
    }

    private sealed class ClosingStream(byte[] body, Action closed) : MemoryStream(body)
    {
        private bool _isClosed;

        protected override void Dispose(bool disposing)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                closed();
            }
            base.Dispose(disposing);
        }
    }
}
