namespace B2Sdk.IntegrationTests;

public sealed class DownloadTests(EmulatorFixture emulator) : AccountTest(emulator)
{
    [Fact]
    public async Task A_version_is_downloaded_by_its_id_when_the_name_has_a_newer_one()
    {
        var old = await UploadAsync("a", [1, 1]);
        await UploadAsync("a", [2, 2, 2]);
        var (file, stream) = (NewPath(), new MemoryStream());

        await Api.DownloadToFileAsync(old, file, cancellationToken: Stop);
        var downloaded = await Api.DownloadToStreamAsync(old, stream, cancellationToken: Stop);

        (await File.ReadAllBytesAsync(file, Stop)).ShouldBe([1, 1]);
        stream.ToArray().ShouldBe([1, 1]);
        downloaded.File.FileId.ShouldBe(old.FileId);
        downloaded.Verification.ShouldBe(ContentVerification.Sha1);
        (await DownloadAsync("a")).ShouldBe([2, 2, 2]);
    }

    [Fact]
    public async Task An_empty_file_is_downloaded_to_an_empty_file()
    {
        await UploadAsync("empty", []);
        var path = NewPath();

        var downloaded = await Bucket.DownloadToFileAsync(N("empty"), path, cancellationToken: Stop);

        downloaded.BytesWritten.ShouldBe(0);
        new FileInfo(path).Length.ShouldBe(0);
        (await DownloadAsync("empty")).ShouldBeEmpty();
        await using var stream = await Bucket.OpenReadAsync(N("empty"), cancellationToken: Stop);
        stream.Length.ShouldBe(0);
        (await stream.ReadAsync(new byte[1], Stop)).ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 19)]
    [InlineData(990, 5000)]
    [InlineData(999, null)]
    public async Task A_stretch_is_what_the_file_has_there(int start, int? end)
    {
        var content = NewContent(1000);
        await UploadAsync("a", content);
        var options = new DownloadOptions { Range = new(start, end) };
        var expected = content[start..Math.Min((end ?? 999) + 1, 1000)];
        var path = NewPath();
        using var stream = new MemoryStream();

        await Bucket.DownloadToFileAsync(N("a"), path, options, Stop);
        var downloaded = await Bucket.DownloadToStreamAsync(N("a"), stream, options, Stop);

        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe(expected);
        stream.ToArray().ShouldBe(expected);
        downloaded.Verification.ShouldBe(ContentVerification.None);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(300_000)]
    public async Task A_file_is_downloaded_into_memory(int length)
    {
        var file = await UploadAsync("a", NewContent(length));

        var byName = await Bucket.DownloadBytesAsync(N("a"), cancellationToken: Stop);
        var byId = await Api.DownloadBytesByIdAsync(file.FileId, cancellationToken: Stop);

        byName.ShouldBe(NewContent(length));
        byId.ShouldBe(NewContent(length));
    }

    [Fact]
    public async Task A_stretch_is_downloaded_into_memory_and_what_is_not_the_file_is_not()
    {
        await UploadAsync("a", NewContent(5000));
        var bucket = await BucketOverAsync(new FaultyWire().Corrupt("b2_download_file_by_name"));

        (await Bucket.DownloadBytesAsync(N("a"), new() { Range = new(10, 19) }, Stop)).ShouldBe(NewContent(5000)[10..20]);

        await Should.ThrowAsync<B2ChecksumException>(() => bucket.DownloadBytesAsync(N("a"), cancellationToken: Stop));
    }

    [Fact]
    public async Task A_stretch_outside_the_file_is_refused_and_leaves_no_file()
    {
        await UploadAsync("a", NewContent(1000));
        var path = NewPath();

        var failure = await Should.ThrowAsync<B2Exception>(() =>
            Bucket.DownloadToFileAsync(N("a"), path, new() { Range = new(1000, 1001) }, Stop)
        );

        failure.Code.ShouldBe(B2ErrorCode.RangeNotSatisfiable);
        FilesOnDisk().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_can_be_read_from_anywhere()
    {
        var content = NewContent(100_000);
        await UploadAsync("a", content);

        await using var stream = await Bucket.OpenReadAsync(N("a"), cancellationToken: Stop);
        var middle = new byte[100];
        stream.Position = 50_000;
        await stream.ReadExactlyAsync(middle, Stop);
        var last = new byte[10];
        stream.Seek(-10, SeekOrigin.End);
        await stream.ReadExactlyAsync(last, Stop);
        var past = await stream.ReadAsync(new byte[1], Stop);
        stream.Position = 0;
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, Stop);

        stream.Length.ShouldBe(content.Length);
        middle.ShouldBe(content[50_000..50_100]);
        last.ShouldBe(content[^10..]);
        past.ShouldBe(0);
        whole.ToArray().ShouldBe(content);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_by_name_and_leaves_no_file()
    {
        var path = NewPath();

        var failure = await Should.ThrowAsync<B2NotFoundException>(() =>
            Bucket.DownloadToFileAsync(N("no such"), path, cancellationToken: Stop)
        );

        failure.Message.ShouldContain("no such");
        await Should.ThrowAsync<B2NotFoundException>(() => Bucket.GetFileInfoByNameAsync(N("no such"), cancellationToken: Stop));
        FilesOnDisk().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_that_exists_is_replaced_only_by_a_whole_file()
    {
        await UploadAsync("a", NewContent(5000));
        var path = await NewFileAsync([9]);
        var bucket = await BucketOverAsync(new FaultyWire().Corrupt("b2_download_file_by_name"));

        await Should.ThrowAsync<B2ChecksumException>(() => bucket.DownloadToFileAsync(N("a"), path, cancellationToken: Stop));

        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe([9]);
        FilesOnDisk().ShouldHaveSingleItem();
        await Bucket.DownloadToFileAsync(N("a"), path, cancellationToken: Stop);
        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe(NewContent(5000));
    }

    [Fact]
    public async Task A_folder_as_target_is_refused_by_name()
    {
        await UploadAsync("a");
        var missing = Path.Combine(NewPath("missing"), "a");

        (
            await Should.ThrowAsync<IOException>(() => Bucket.DownloadToFileAsync(N("a"), Path.GetTempPath(), cancellationToken: Stop))
        ).Message.ShouldContain(Path.GetTempPath());
        (
            await Should.ThrowAsync<DirectoryNotFoundException>(() => Bucket.DownloadToFileAsync(N("a"), missing, cancellationToken: Stop))
        ).Message.ShouldContain(missing);
    }

    [Fact]
    public async Task A_download_is_written_in_pieces_to_what_can_neither_seek_nor_be_read()
    {
        var content = NewContent(3_000_000);
        await UploadAsync("a", content);
        using var behind = new MemoryStream();
        using var destination = new OneWayStream(behind);

        await Bucket.DownloadToStreamAsync(N("a"), destination, cancellationToken: Stop);

        behind.ToArray().ShouldBe(content);
        destination.LargestPiece.ShouldBeLessThanOrEqualTo(256 * 1024);
    }

    [Fact]
    public async Task A_file_of_several_segments_comes_back_byte_for_byte()
    {
        var content = NewContent(70_000_000);
        await Bucket.UploadBytesAsync(content, N("big"), new() { PartSize = 30_000_000 }, Stop);
        var path = NewPath();
        var seen = new List<TransferProgress>();

        var downloaded = await Bucket.DownloadToFileAsync(N("big"), path, new() { Progress = new SynchronousProgress(seen) }, Stop);

        downloaded.BytesWritten.ShouldBe(content.Length);
        (await File.ReadAllBytesAsync(path, Stop)).AsSpan().SequenceEqual(content).ShouldBeTrue();
        seen.Select(step => step.BytesTransferred).ShouldBeInOrder();
        seen[^1].ShouldBe(new(content.Length, content.Length));
    }

    /// <summary>Can be written to, and nothing else.</summary>
    private sealed class OneWayStream(MemoryStream behind) : Stream
    {
        public int LargestPiece { get; private set; }

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LargestPiece = Math.Max(LargestPiece, buffer.Length);
            return behind.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => behind.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
