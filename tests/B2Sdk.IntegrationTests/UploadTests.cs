using System.Security.Cryptography;
using B2Sdk.Wire;

namespace B2Sdk.IntegrationTests;

public sealed class UploadTests(EmulatorFixture emulator) : AccountTest(emulator)
{
    private const int PartSize = EmulatorFixture.MinimumPartSize;

    [Fact]
    public async Task Bytes_are_stored_with_what_is_said_of_them()
    {
        var content = NewContent(1000);
        var modified = new DateTimeOffset(2020, 2, 29, 12, 30, 15, 678, TimeSpan.Zero);

        var file = await Bucket.UploadBytesAsync(
            content,
            N("cat.jpg"),
            new()
            {
                FileInfo = new Dictionary<string, string> { ["color"] = "ginger & white" },
                LastModified = modified,
                CacheControl = "max-age=60",
            },
            Stop
        );

        file.SizeInBytes.ShouldBe(1000);
        file.ContentSha1.ShouldBe(Sha1Of(content));
        file.ContentType.ShouldBe("image/jpeg");
        file.Action.ShouldBe(FileAction.Upload);
        file.FileInfo["color"].ShouldBe("ginger & white");
        file.FileInfo["src_last_modified_millis"].ShouldBe(modified.ToUnixTimeMilliseconds().ToString());
        file.FileInfo["b2-cache-control"].ShouldBe("max-age=60");
        file.BucketId.ShouldBe(Bucket.Id);
    }

    [Fact]
    public async Task A_local_file_comes_back_byte_for_byte_with_its_time()
    {
        var content = NewContent(20_000);
        var path = await NewFileAsync(content);
        var time = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);

        await Bucket.UploadLocalFileAsync(path, N("a"), cancellationToken: Stop);
        var copy = NewPath();
        await Bucket.DownloadToFileAsync(N("a"), copy, cancellationToken: Stop);

        (await File.ReadAllBytesAsync(copy, Stop)).ShouldBe(content);
        File.GetLastWriteTimeUtc(copy).ShouldBe(time);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(PartSize)]
    [InlineData(PartSize + 1)]
    [InlineData(PartSize * 3)]
    [InlineData(PartSize * 7 + 5)]
    public async Task Every_kind_of_source_of_any_length_comes_back_byte_for_byte(int length)
    {
        var content = NewContent(length);
        var options = new UploadOptions { PartSize = PartSize, Concurrency = 3 };

        await Bucket.UploadBytesAsync(content, N("bytes"), options, Stop);
        await Bucket.UploadLocalFileAsync(await NewFileAsync(content), N("file"), options, Stop);
        await Bucket.UploadStreamAsync(new MemoryStream(content), N("seekable"), options, Stop);
        await Bucket.UploadStreamAsync(new OneShotStream(content), N("one-shot"), options, Stop);
        await Bucket.UploadStreamAsync(new OneShotStream(content), N("one-shot of known length"), options with { Length = length }, Stop);

        foreach (var file in await ListAsync(new()))
        {
            file.SizeInBytes.ShouldBe(length);
            (await DownloadAsync(file.FileName)).ShouldBe(content, file.FileName);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50_000)]
    public async Task An_upload_time_of_ones_own_is_recorded_whichever_way_the_file_goes(int length)
    {
        var then = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);
        var options = new UploadOptions { CustomUploadTimestamp = then, PartSize = 20_000 };

        var file = await Bucket.UploadBytesAsync(NewContent(length), N("a"), options, Stop);

        file.UploadTimestamp.ShouldBe(then);
        (await Bucket.GetFileInfoAsync(file, Stop)).UploadTimestamp.ShouldBe(then);
    }

    [Fact]
    public async Task A_stream_is_read_from_where_it_stands_and_left_open_at_its_end()
    {
        var content = NewContent(5000);
        using var stream = new MemoryStream(content) { Position = 1000 };

        var file = await Bucket.UploadStreamAsync(stream, N("rest"), cancellationToken: Stop);

        file.SizeInBytes.ShouldBe(4000);
        (await DownloadAsync("rest")).ShouldBe(content[1000..]);
        stream.Position.ShouldBe(5000);
    }

    [Fact]
    public async Task A_file_larger_than_the_recommended_part_size_becomes_a_large_file()
    {
        var content = NewContent(EmulatorFixture.RecommendedPartSize + 1);
        var path = await NewFileAsync(content);

        var file = await Bucket.UploadLocalFileAsync(path, N("large"), new() { ContentSha1 = Sha1Of(content) }, Stop);

        file.ContentSha1.ShouldBeOneOf("none", null);
        file.FileInfo["large_file_sha1"].ShouldBe(Sha1Of(content));
        (await ListAsync(new() { LatestOnly = false })).ShouldHaveSingleItem().Action.ShouldBe(FileAction.Upload);
        var downloaded = await Bucket.DownloadToFileAsync(N("large"), NewPath(), cancellationToken: Stop);
        downloaded.Verification.ShouldBe(ContentVerification.LargeFileSha1);
    }

    [Fact]
    public async Task Progress_never_falls_and_ends_at_the_total()
    {
        var seen = new List<TransferProgress>();
        var progress = new SynchronousProgress(seen);
        var content = NewContent(PartSize * 4 + 1);

        await Bucket.UploadBytesAsync(content, N("a"), new() { PartSize = PartSize, Progress = progress }, Stop);

        seen.Select(step => step.BytesTransferred).ShouldBeInOrder();
        seen[^1].ShouldBe(new(content.Length, content.Length));
    }

    [Fact]
    [Trait("Need", "D10")]
    public async Task Content_that_is_not_what_was_promised_is_not_stored()
    {
        var content = NewContent(100);

        await Should.ThrowAsync<B2ChecksumException>(() =>
            Bucket.UploadBytesAsync(content, N("wrong"), new() { ContentSha1 = Sha1Of([1]) }, Stop)
        );

        (await ListAsync(new() { LatestOnly = false })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(PartSize - 1)]
    [InlineData(PartSize * 2)]
    [InlineData(PartSize * 2 + 1)]
    public async Task A_stream_that_gives_more_or_less_than_promised_leaves_nothing(int promised)
    {
        var content = NewContent(PartSize * 2 + (promised == PartSize * 2 ? 1 : 0));

        await Should.ThrowAsync<B2ChecksumException>(() =>
            Bucket.UploadStreamAsync(new OneShotStream(content), N("wrong"), new() { Length = promised, PartSize = PartSize }, Stop)
        );

        (await ListAsync(new() { LatestOnly = false })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_one_shot_stream_is_never_held_whole()
    {
        const int Concurrency = 2;
        var acknowledged = 0L;
        using var source = new OneShotStream(NewContent(PartSize * 30 + 7), () => Interlocked.Read(ref acknowledged));
        var progress = new SynchronousProgress(onStep: step => Interlocked.Exchange(ref acknowledged, step.BytesTransferred));

        await Bucket.UploadStreamAsync(
            source,
            N("long"),
            new()
            {
                PartSize = PartSize,
                Concurrency = Concurrency,
                Progress = progress,
            },
            Stop
        );

        source.MostAhead.ShouldBeLessThanOrEqualTo((Concurrency + 1) * PartSize + 1);
    }

    [Fact]
    public async Task A_missing_file_a_folder_and_an_unreadable_stream_are_refused_by_name()
    {
        var missing = NewPath("missing");

        (
            await Should.ThrowAsync<FileNotFoundException>(() => Bucket.UploadLocalFileAsync(missing, N("a"), cancellationToken: Stop))
        ).Message.ShouldContain(missing);
        (
            await Should.ThrowAsync<IOException>(() => Bucket.UploadLocalFileAsync(Path.GetTempPath(), N("a"), cancellationToken: Stop))
        ).Message.ShouldContain("directory");
        var closed = new MemoryStream();
        await closed.DisposeAsync();
        await Should.ThrowAsync<ArgumentException>(() => Bucket.UploadStreamAsync(closed, N("a"), cancellationToken: Stop));
        (await ListAsync(new() { LatestOnly = false })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(PartSize - 1)]
    [InlineData(5_000_000_001)]
    public async Task A_part_size_outside_the_accounts_limits_is_refused_with_the_limit(long partSize)
    {
        var failure = await Should.ThrowAsync<ArgumentOutOfRangeException>(() =>
            Bucket.UploadBytesAsync(new byte[1], N("a"), new() { PartSize = partSize }, Stop)
        );

        failure.Message.ShouldContain(partSize.ToString());
        failure.Message.ShouldContain(PartSize.ToString());
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_ends_with_the_callers_token_and_leaves_no_unfinished_file()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var progress = new SynchronousProgress(onStep: step =>
        {
            if (step.BytesTransferred > PartSize * 2)
            {
                cancelled.Cancel();
            }
        });

        var failure = await Should.ThrowAsync<OperationCanceledException>(() =>
            Bucket.UploadBytesAsync(NewContent(PartSize * 8), N("a"), new() { PartSize = PartSize, Progress = progress }, cancelled.Token)
        );

        failure.CancellationToken.ShouldBe(cancelled.Token);
        (await ListAsync(new() { LatestOnly = false })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_uploads_at_a_time_all_arrive()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 100),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Stop },
            async (index, stop) => await Bucket.UploadBytesAsync(NewContent(index), N($"file-{index:000}"), cancellationToken: stop)
        );

        var listed = await ListAsync(new() { PageSize = 7 });
        listed.Select(file => file.SizeInBytes).ShouldBe(Enumerable.Range(0, 100).Select(index => (long)index));
    }

    [Theory]
    [InlineData("a b", "value")]
    [InlineData("", "value")]
    [InlineData("a-key-of-fifty-one-characters-which-is-one-too-many", "value")]
    public async Task File_info_that_cannot_travel_is_refused_before_anything_is_sent(string key, string value)
    {
        var info = new Dictionary<string, string> { [key] = value };

        var failure = await Should.ThrowAsync<ArgumentException>(() =>
            Bucket.UploadBytesAsync(new byte[1], N("a"), new() { FileInfo = info }, Stop)
        );

        failure.Message.ShouldContain(key);
        (await ListAsync(new() { LatestOnly = false })).ShouldBeEmpty();
    }

    [Fact, Trait("Need", "D29")]
    public async Task A_strangers_unfinished_file_of_the_same_name_is_left_alone()
    {
        var request = new StartLargeFileRequest
        {
            BucketId = Bucket.Id,
            FileName = N("a"),
            ContentType = "video/mp4",
            FileInfo = new Dictionary<string, string> { ["of"] = "somebody else" },
        };
        var stranger = await Api.Raw.CallAsync(LargeFileEndpoints.Start, request, Stop);
        var content = NewContent(PartSize * 3);

        var file = await Bucket.UploadBytesAsync(content, N("a"), new() { PartSize = PartSize }, Stop);

        file.FileId.ShouldNotBe(stranger.FileId);
        file.FileInfo.ShouldNotContainKey("of");
        (await DownloadAsync("a")).ShouldBe(content);
        var unfinished = await Bucket.ListUnfinishedLargeFilesAsync(new() { Prefix = N("") }, Stop).ToListAsync(Stop);
        unfinished.ShouldHaveSingleItem().FileId.ShouldBe(stranger.FileId);
        (await Api.ListPartsAsync(stranger, cancellationToken: Stop).ToListAsync(Stop)).ShouldBeEmpty();
    }

    private static string Sha1Of(byte[] content) => Convert.ToHexStringLower(SHA1.HashData(content));
}
