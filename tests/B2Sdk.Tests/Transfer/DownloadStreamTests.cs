namespace B2Sdk.Tests.Transfer;

public sealed class DownloadStreamTests
{
    [Fact]
    public async Task It_reads_like_any_stream_and_seeks_with_one_request()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(1_000));
        await using var stream = await rig.Bucket.OpenReadAsync("a", cancellationToken: Rig.Stop);
        var buffer = new byte[100];

        stream.Length.ShouldBe(1_000);
        await stream.ReadExactlyAsync(buffer, Rig.Stop);
        buffer.ShouldBeBytes(Rig.Bytes(1_000)[..100]);
        stream.Seek(-50, SeekOrigin.End).ShouldBe(950);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 50), Rig.Stop);
        buffer[..50].ShouldBeBytes(Rig.Bytes(1_000)[950..]);
        (await stream.ReadAsync(buffer, Rig.Stop)).ShouldBe(0);
        stream.Position = 10;
        stream.Seek(5, SeekOrigin.Current).ShouldBe(15);
        await stream.ReadExactlyAsync(buffer, Rig.Stop);
        buffer.ShouldBeBytes(Rig.Bytes(1_000)[15..115]);

        rig.Far.Count("b2_download_file_by_name").ShouldBe(1);
        rig.Far.Of("b2_download_file_by_id").Select(sent => sent.Headers["Range"]).ShouldBe(["bytes=950-999", "bytes=15-999"]);
    }

    [Fact]
    public async Task Seeking_alone_asks_for_nothing()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(1_000));
        await using var stream = await rig.Bucket.OpenReadAsync("a", cancellationToken: Rig.Stop);

        stream.Position = 500;
        stream.Position = 2_000;
        (await stream.ReadAsync(new byte[1], Rig.Stop)).ShouldBe(0);
        stream.Position = 0;
        (await stream.ReadAsync(new byte[1_000], Rig.Stop)).ShouldBeGreaterThan(0);

        rig.Far.Journal.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stretch_of_a_file_is_a_stream_of_its_own()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(1_000));
        await using var stream = await rig.Bucket.OpenReadAsync("a", new() { Range = new(100, 199) }, Rig.Stop);
        using var sink = new MemoryStream();

        stream.Length.ShouldBe(100);
        await stream.CopyToAsync(sink, Rig.Stop);
        sink.ToArray().ShouldBeBytes(Rig.Bytes(1_000)[100..200]);
        stream.Position = 50;
        (await stream.ReadAtLeastAsync(new byte[100], 50, cancellationToken: Rig.Stop)).ShouldBe(50);

        rig.Far.Last("b2_download_file_by_id").Headers["Range"].ShouldBe("bytes=150-199");
    }

    [Fact, Trait("Fact", "C69"), Trait("Need", "D28")]
    public async Task It_goes_on_after_a_break_and_stays_with_its_version()
    {
        await using var rig = await Rig.StartAsync();
        var old = rig.Store("a", Rig.Bytes(1_000));
        rig.Far.Next("b2_download_file_by_name", Answer.CutBodyAfter(300));
        await using var stream = await rig.Bucket.OpenReadAsync("a", cancellationToken: Rig.Stop);
        rig.Store("a", Rig.Bytes(1_000, 2));
        using var sink = new MemoryStream();

        await stream.CopyToAsync(sink, Rig.Stop);
        stream.Position = 0;
        await stream.CopyToAsync(sink, Rig.Stop);

        sink.ToArray().ShouldBeBytes([.. Rig.Bytes(1_000), .. Rig.Bytes(1_000)]);
        stream.File.FileId.ShouldBe(old.FileId);
    }

    [Fact, Trait("Fact", "C25")]
    public async Task A_read_that_was_cancelled_can_be_made_again()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxElapsed = TimeSpan.Zero } });
        rig.Store("a", Rig.Bytes(1_000));
        using var stop = new CancellationTokenSource();
        rig.Far.Next(
            "b2_download_file_by_name",
            Answer.ChangedBody(body => new SlowStream(
                body,
                300,
                async token =>
                {
                    await stop.CancelAsync();
                    token.ThrowIfCancellationRequested();
                }
            ))
        );
        await using var stream = await rig.Bucket.OpenReadAsync("a", cancellationToken: Rig.Stop);
        var first = new byte[300];
        await stream.ReadExactlyAsync(first, Rig.Stop);

        var failure = await Should.ThrowAsync<OperationCanceledException>(async () =>
            await stream.ReadExactlyAsync(new byte[10], stop.Token)
        );
        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest, Rig.Stop);

        failure.CancellationToken.ShouldBe(stop.Token);
        rest.ToArray().ShouldBeBytes(Rig.Bytes(1_000)[300..]);
        rig.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_slow_reader_is_not_taken_for_a_stalled_service()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(1_000));
        await using var stream = await rig.Bucket.OpenReadAsync("a", cancellationToken: Rig.Stop);
        var buffer = new byte[100];

        for (var i = 0; i < 10; i++)
        {
            await stream.ReadExactlyAsync(buffer, Rig.Stop);
            rig.Clock.Advance(TimeSpan.FromHours(1));
        }

        rig.Far.Journal.Count.ShouldBe(1);
        rig.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_can_be_read_synchronously_and_breaks_and_resumes_as_it_does_otherwise()
    {
        await using var rig = await Rig.StartAsync();
        var content = Rig.Bytes(50_000);
        rig.Store("a", content);
        rig.Far.Next("b2_download_file_by_name", Answer.CutBodyAfter(20_000));
        await using var stream = await rig.Bucket.OpenReadAsync("a", cancellationToken: Rig.Stop);
        using var read = new MemoryStream();

        stream.CopyTo(read);
        stream.Position = 10;
        var (once, end) = (stream.ReadByte(), stream.Seek(0, SeekOrigin.End));

        read.ToArray().ShouldBe(content);
        (once, end).ShouldBe((content[10], content.Length));
        stream.Read([1], 0, 1).ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => stream.Read(new byte[1], 0, 2));
    }

    [Fact]
    public async Task What_a_read_stream_cannot_do_it_says()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(10));
        var stream = await rig.Bucket.OpenReadAsync("a", cancellationToken: Rig.Stop);

        (stream.CanRead, stream.CanSeek, stream.CanWrite).ShouldBe((true, true, false));
        Should.Throw<NotSupportedException>(() => stream.SetLength(1));
        Should.Throw<NotSupportedException>(() => stream.Write([1], 0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => stream.Position = -1);
        await stream.DisposeAsync();
        await stream.DisposeAsync();
        stream.CanRead.ShouldBeFalse();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await stream.ReadExactlyAsync(new byte[1], Rig.Stop));
    }

    [Fact]
    public async Task Disposing_it_closes_the_answer()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(10));
        OneShotStream? body = null;
        rig.Far.Next("b2_download_file_by_name", Answer.ChangedBody(bytes => body = new OneShotStream(bytes)));

        await (await rig.Bucket.OpenReadAsync("a", cancellationToken: Rig.Stop)).DisposeAsync();

        body!.IsClosed.ShouldBeTrue();
    }
}
