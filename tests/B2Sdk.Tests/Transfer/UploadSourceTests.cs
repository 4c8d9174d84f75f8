namespace B2Sdk.Tests.Transfer;

/// <summary>Where the bytes of an upload come from.</summary>
public sealed class UploadSourceTests
{
    // Parts are at least 1,000 bytes here, and one-shot streams are cut into such.
    public static TheoryData<int> Sizes => [0, 1, 999, 1_000, 1_001, 1_999, 2_000, 2_001, 10_000, 10_001, 25_000];

    [Theory, MemberData(nameof(Sizes)), Trait("Fact", "C48"), Trait("Fact", "C54")]
    public async Task A_stream_of_unknown_length_arrives_whole(int size)
    {
        await using var rig = await Rig.StartAsync();
        var stream = new OneShotStream(Rig.Bytes(size), atATime: 7);

        var file = await rig.Bucket.UploadStreamAsync(stream, "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(size));
        file.SizeInBytes.ShouldBe(size);
        stream.IsClosed.ShouldBeFalse();
        rig.Far.Count("b2_start_large_file").ShouldBe(size > 1_000 ? 1 : 0);
        rig.Far.Parts.ShouldAllBe(parts => parts.Value.Count >= 2);
    }

    [Theory, MemberData(nameof(Sizes))]
    public async Task A_stream_that_can_seek_arrives_from_where_it_stands(int size)
    {
        await using var rig = await Rig.StartAsync();
        var stream = new MemoryStream([1, 2, 3, .. Rig.Bytes(size)]) { Position = 3 };

        await rig.Bucket.UploadStreamAsync(stream, "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(size));
        stream.Position.ShouldBe(3 + size);
        stream.CanRead.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stream_at_its_end_is_an_empty_file()
    {
        await using var rig = await Rig.StartAsync();
        var stream = new MemoryStream(new byte[10]) { Position = 10 };

        (await rig.Bucket.UploadStreamAsync(stream, "a", cancellationToken: Rig.Stop)).SizeInBytes.ShouldBe(0);
    }

    [Theory, MemberData(nameof(Sizes))]
    public async Task A_local_file_arrives_with_the_time_of_its_last_change(int size)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        var path = folder.File("a.bin", Rig.Bytes(size));
        var changed = new DateTime(2024, 5, 6, 7, 8, 9, 123, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, changed);

        await rig.Bucket.UploadLocalFileAsync(path, "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(size));
        rig.Far.Uploads.Single().Info["src_last_modified_millis"].ShouldBe($"{new DateTimeOffset(changed).ToUnixTimeMilliseconds()}");
    }

    [Fact]
    public async Task The_callers_own_modification_time_is_kept_whatever_its_case()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        var options = new UploadOptions { FileInfo = new Dictionary<string, string> { ["Src_Last_Modified_Millis"] = "5" } };

        await rig.Bucket.UploadLocalFileAsync(folder.File("a", [1]), "a", options, Rig.Stop);

        rig.Far.Uploads.Single().Info["src_last_modified_millis"].ShouldBe("5");
    }

    [Theory, MemberData(nameof(Sizes))]
    public async Task A_file_stream_arrives_from_where_it_stands(int size)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        await using var stream = File.OpenRead(folder.File("a.bin", [1, 2, 3, .. Rig.Bytes(size)]));
        stream.Position = 3;

        await rig.Bucket.UploadStreamAsync(stream, "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(size));
        stream.Position.ShouldBe(3 + size);
    }

    [Theory, Trait("Fact", "C48")]
    [InlineData(900)]
    [InlineData(25_000)]
    public async Task A_one_shot_stream_survives_broken_connections(int size)
    {
        await using var rig = await Rig.StartAsync();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        Reply cutThrice = (far, exchange, stop) =>
            seen.AddOrUpdate(exchange.Headers.GetValueOrDefault("X-Bz-Part-Number", "0"), 1, (_, count) => count + 1) <= 3
                ? Answer.CutUploadAfter(500)(far, exchange, stop)
                : far.AnswerWellAsync(exchange, stop);
        rig.Far.Always("b2_upload_file", cutThrice);
        rig.Far.Always("b2_upload_part", cutThrice);

        await rig.Bucket.UploadStreamAsync(new OneShotStream(Rig.Bytes(size), 333), "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(size));
        rig.Far.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, 99)]
    [InlineData(true, 101)]
    [InlineData(true, 24_999)]
    [InlineData(true, 25_001)]
    [InlineData(false, 99)]
    public async Task A_stream_that_gives_another_number_of_bytes_than_promised_is_not_stored(bool isOneShot, int promised)
    {
        await using var rig = await Rig.StartAsync();
        var bytes = Rig.Bytes(promised < 1_000 ? 100 : 25_000);
        Stream stream = isOneShot ? new OneShotStream(bytes) : new MemoryStream(bytes);

        await Should.ThrowAsync<Exception>(rig.Bucket.UploadStreamAsync(stream, "a", new() { Length = promised }, Rig.Stop));

        rig.Far.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_than_ten_terabytes_are_refused_before_anything_is_sent()
    {
        await using var rig = await Rig.StartAsync();

        var e = await Should.ThrowAsync<ArgumentException>(
            rig.Bucket.UploadStreamAsync(new OneShotStream(Rig.Bytes(100)), "a", new() { Length = 10_000_000_000_001 }, Rig.Stop)
        );

        e.Message.ShouldBe("The source has 10000000000001 bytes; B2 keeps files of up to 10000000000000. (Parameter 'options')");
        rig.Far.Of("b2_upload_file").ShouldBeEmpty();
        rig.Far.Of("b2_start_large_file").ShouldBeEmpty();
    }

    [Theory, Trait("Fact", "C64"), Trait("Fact", "C86")]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Of_a_one_shot_stream_only_the_parts_in_flight_and_one_more_are_held(int concurrency)
    {
        await using var rig = await Rig.StartAsync();
        long acknowledged = 0;
        long most = 0;
        rig.Far.Always(
            "b2_upload_part",
            async (far, exchange, stop) =>
            {
                var body = await exchange.ReadBodyAsync(stop);
                await Task.Yield();
                Interlocked.Add(ref acknowledged, body.Length - 40);
                return await far.AnswerWellAsync(exchange, stop);
            }
        );
        var stream = new OneShotStream(Rig.Bytes(200_000), 512)
        {
            Taken = taken => most = Math.Max(most, taken - Interlocked.Read(ref acknowledged)),
        };

        await rig.Bucket.UploadStreamAsync(stream, "a", new() { PartSize = 5_000, Concurrency = concurrency }, Rig.Stop);

        rig.Far.Uploads.Single().Bytes.Length.ShouldBe(200_000);
        most.ShouldBeLessThanOrEqualTo((concurrency + 1) * 5_000 + 1);
    }

    [Theory, Trait("Need", "D20")]
    [InlineData("grow")]
    [InlineData("shrink")]
    [InlineData("rewrite")]
    public async Task A_file_that_changes_while_it_travels_is_not_stored(string change)
    {
        await using var rig = await Rig.StartAsync(far => far.RecommendedPartSize = 10_000_000);
        using var folder = new TemporaryFolder();
        var path = folder.File("a.bin", Rig.Bytes(600_000));
        rig.Far.Always(
            "b2_upload_file",
            async (_, exchange, stop) =>
            {
                using var sink = new CuttingStream(
                    256 * 1024,
                    _ =>
                    {
                        Change(path, change);
                        return Task.CompletedTask;
                    }
                );
                await exchange.Content!.CopyToAsync(sink, stop);
                throw new InvalidOperationException("All of it was sent, with a digest.");
            }
        );

        await Should.ThrowAsync<B2ChecksumException>(rig.Bucket.UploadLocalFileAsync(path, "a", cancellationToken: Rig.Stop));

        rig.Far.Count("b2_upload_file").ShouldBe(1);
        rig.Far.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_that_fails_is_told_as_it_is_and_not_tried_again()
    {
        await using var rig = await Rig.StartAsync();
        var stream = new FailingStream(Rig.Bytes(900));

        var failure = await Should.ThrowAsync<InvalidDataException>(rig.Bucket.UploadStreamAsync(stream, "a", cancellationToken: Rig.Stop));

        failure.Message.ShouldBe("The disk is bad.");
        rig.Far.Count("b2_upload_file").ShouldBe(1);
        rig.Far.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_directory_and_a_missing_file_are_refused()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();

        await Should.ThrowAsync<IOException>(rig.Bucket.UploadLocalFileAsync(folder.Path, "a", cancellationToken: Rig.Stop));
        await Should.ThrowAsync<FileNotFoundException>(
            rig.Bucket.UploadLocalFileAsync(Path.Combine(folder.Path, "none"), "a", cancellationToken: Rig.Stop)
        );

        rig.Far.Journal.ShouldBeEmpty();
    }

    private static void Change(string path, string change)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        switch (change)
        {
            case "grow":
                file.Seek(0, SeekOrigin.End);
                file.WriteByte(1);
                break;
            case "shrink":
                file.SetLength(300_000);
                break;
            default:
                file.WriteByte(99);
                break;
        }
        file.Flush();
        File.SetLastWriteTimeUtc(path, new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }
}
