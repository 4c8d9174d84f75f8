namespace B2Sdk.Tests.Transfer;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(900)]
    [InlineData(25_000)]
    public async Task The_progress_of_an_upload_never_falls_and_ends_once_at_the_total(int size)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_upload_file", Answer.CutUploadAfter(size), Answer.Error(503, "service_unavailable"));
        rig.Far.Next("b2_upload_part", Answer.CutUploadAfter(5_000), Answer.Error(503, "service_unavailable"), Answer.HungUp);
        var ear = new Ear();

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(size), "a", new() { Progress = ear }, Rig.Stop);

        ear.ShouldEndAt(size);
    }

    [Fact]
    public async Task Bytes_that_are_sent_again_count_once()
    {
        await using var rig = await Rig.StartAsync(far => far.RecommendedPartSize = 10_000_000);
        rig.Far.Next("b2_upload_file", Answer.CutUploadAfter(700_000), Answer.CutUploadAfter(300_000));
        var ear = new Ear();

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(1_000_000), "a", new() { Progress = ear }, Rig.Stop);

        ear.ShouldEndAt(1_000_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(25_000)]
    public async Task The_progress_of_a_one_shot_upload_ends_at_what_there_was(int size)
    {
        await using var rig = await Rig.StartAsync();
        var ear = new Ear();

        await rig.Bucket.UploadStreamAsync(new OneShotStream(Rig.Bytes(size)), "a", new() { Progress = ear }, Rig.Stop);

        ear.Heard[^1].BytesTransferred.ShouldBe(size);
        ear.Heard.Select(progress => progress.BytesTransferred).ShouldBeInOrder();
    }

    [Fact]
    public async Task The_last_byte_of_an_upload_counts_only_when_it_is_acknowledged()
    {
        await using var rig = await Rig.StartAsync();
        var ear = new Ear();
        rig.Far.Always("b2_upload_file", Answer.HungUp);

        await Should.ThrowAsync<B2Exception>(rig.Bucket.UploadBytesAsync(Rig.Bytes(900), "a", new() { Progress = ear }, Rig.Stop));

        ear.Heard.ShouldAllBe(progress => progress.BytesTransferred < 900);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(25_000)]
    public async Task The_progress_of_a_download_never_falls_and_ends_once_at_the_total(int size)
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(size));
        rig.Far.Next("b2_download_file_by_name", Answer.CutBodyAfter(size / 2));
        using var folder = new TemporaryFolder();
        var ear = new Ear();

        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), new() { Progress = ear }, Rig.Stop);

        ear.ShouldEndAt(size);
    }

    [Fact]
    public async Task A_listener_that_fails_does_not_break_the_transfer()
    {
        await using var rig = await Rig.StartAsync();
        var deaf = new Ear { Fails = true };

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "a", new() { Progress = deaf }, Rig.Stop);
        using var sink = new MemoryStream();
        await rig.Bucket.DownloadToStreamAsync("a", sink, new() { Progress = deaf }, Rig.Stop);

        sink.ToArray().ShouldBeBytes(Rig.Bytes(25_000));
    }

    private sealed class Ear : IProgress<TransferProgress>
    {
        public List<TransferProgress> Heard { get; } = [];
        public bool Fails { get; init; }

        public void Report(TransferProgress value)
        {
            lock (Heard)
            {
                Heard.Add(value);
            }
            if (Fails)
            {
                throw new InvalidOperationException("No.");
            }
        }

        public void ShouldEndAt(long total)
        {
            Heard.Select(progress => progress.BytesTransferred).ShouldBeInOrder();
            Heard.ShouldAllBe(progress => progress.TotalBytes == total);
            Heard.Count(progress => progress.BytesTransferred == total).ShouldBe(1);
            Heard[^1].BytesTransferred.ShouldBe(total);
        }
    }
}
