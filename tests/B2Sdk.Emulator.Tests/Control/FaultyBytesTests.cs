namespace B2Sdk.Emulator.Tests.Control;

/// <summary>What faults do to the bytes of uploads and downloads on their way.</summary>
public sealed class FaultyBytesTests(EmulatorFixture fixture) : FaultTest(fixture)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(299_999)]
    public async Task A_download_is_cut_at_exactly_the_byte_and_ends_as_if_nothing_were_wrong(int place)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var content = Random(300_000);
        var file = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", content)).ShouldBeOk().Json;
        Add(b2, new() { Operation = "b2_download_file_by_id", CutAfter = place });

        var (head, body, isClean) = await DownloadRawAsync(b2, B2Wire.IdOf(file));

        head.ShouldContain("Content-Length: 300000");
        body.ShouldBe(content[..place]);
        isClean.ShouldBeTrue();
    }

    [Fact]
    public async Task A_cut_behind_the_end_cuts_nothing()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var file = await b2.UploadAsync(bucketId, "a");
        Add(b2, new() { Operation = "b2_download_file_by_id", CutAfter = 5 });

        (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task A_download_is_reset_in_the_middle()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var file = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", Random(300_000))).ShouldBeOk().Json;
        Add(b2, new() { Operation = "b2_download_file_by_id", ResetAfter = 1000 });
        await using var raw = await RawConnection.OpenAsync(Emulator.Url);

        await raw.SendAsync(DownloadHead(b2, B2Wire.IdOf(file)));
        var (bytes, isClean) = await raw.ReadToEndAsync();

        // A reset may overtake bytes, even all of them.
        bytes.Length.ShouldBeLessThan(3000);
        isClean.ShouldBeFalse();
    }

    [Fact]
    public async Task A_byte_of_a_download_is_another_and_all_else_is_right()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var content = Random(300_000);
        var file = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", content)).ShouldBeOk().Json;
        Add(
            b2,
            new()
            {
                Operation = "b2_download_file_by_id",
                CorruptAt = 262_144,
                Count = 1,
            }
        );

        var reply = (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk();

        reply.Header("X-Bz-Content-Sha1").ShouldBe(B2Wire.Sha1(content));
        content[262_144] ^= 0xFF;
        reply.Body.ShouldBe(content);
        content[262_144] ^= 0xFF;
        (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk().Body.ShouldBe(content);
    }

    [Fact]
    public async Task A_byte_of_an_upload_is_another_when_it_arrives()
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(b2, new() { Operation = "b2_upload_file", CorruptAt = 2 });

        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", Hello))
            .ShouldBeRefused(400, "bad_request")
            .Message.ShouldBe("Sha1 did not match data received");

        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_download_stalls_until_its_client_gives_up()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var content = Random(300_000);
        var file = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", content)).ShouldBeOk().Json;
        Add(b2, new() { Operation = "b2_download_file_by_id", StallAfter = 100_000 });
        await using var raw = await RawConnection.OpenAsync(Emulator.Url);

        await raw.SendAsync(DownloadHead(b2, B2Wire.IdOf(file)));
        var head = await raw.ReadHeadAsync();
        var body = await raw.ReadAsync(100_000);

        head.ShouldContain("Content-Length: 300000");
        body.ShouldBe(content[..100_000]);
        (await raw.IsSilentAsync(TimeSpan.FromMilliseconds(150))).ShouldBeTrue();
    }

    [Fact]
    public async Task An_upload_stalls_and_keeps_its_url_busy()
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(
            b2,
            new()
            {
                Operation = "b2_upload_file",
                StallAfter = 2,
                Count = 1,
            }
        );
        var target = await b2.UploadUrlAsync(bucketId);
        await using var raw = await RawConnection.OpenAsync(target.Url);

        await raw.SendAsync(RawConnection.UploadHead(target, "a", 5, B2Wire.Sha1(Hello)) + "hello");

        (await raw.IsSilentAsync(TimeSpan.FromMilliseconds(150))).ShouldBeTrue();
        (await B2Wire.UploadAsync(target, "b", Hello)).ShouldBeRefused(400, "auth_token_limit");
    }

    [Fact]
    public async Task An_upload_is_cut_while_it_is_sent_and_its_url_is_dead()
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(
            b2,
            new()
            {
                Operation = "b2_upload_file",
                CutAfter = 100_000,
                Count = 1,
            }
        );
        var target = await b2.UploadUrlAsync(bucketId);

        await Should.ThrowAsync<HttpRequestException>(() => B2Wire.UploadAsync(target, "a", Random(3_000_000)));

        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
        (await B2Wire.UploadAsync(target, "a", Hello)).ShouldBeRefused(401, "bad_auth_token");
    }

    [Fact]
    public async Task Whoever_sees_an_upload_cut_finds_its_url_dead_and_not_taken()
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(b2, new() { Operation = "b2_upload_file", CutAfter = 100_000 });
        var targets = new List<UploadTarget>();
        for (var i = 0; i < 20; i++)
        {
            targets.Add(await b2.UploadUrlAsync(bucketId));
        }
        var content = Random(1_000_000);

        await Parallel.ForEachAsync(
            targets,
            Cancelled,
            async (target, _) =>
            {
                await Should.ThrowAsync<HttpRequestException>(() => B2Wire.UploadAsync(target, "a", content));
                (await B2Wire.UploadAsync(target, "a", Hello)).ShouldBeRefused(401, "bad_auth_token");
            }
        );
    }

    [Fact]
    public async Task The_answer_to_an_upload_can_be_cut_too()
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(
            b2,
            new()
            {
                Operation = "b2_upload_file",
                CutAfter = 10,
                Body = FaultyBody.Response,
            }
        );
        var target = await b2.UploadUrlAsync(bucketId);
        await using var raw = await RawConnection.OpenAsync(target.Url);

        await raw.SendAsync(RawConnection.UploadHead(target, "a", 5, B2Wire.Sha1(Hello)) + "hello");
        (await raw.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 200");
        var (bytes, isClean) = await raw.ReadToEndAsync();

        bytes.Length.ShouldBe(10);
        isClean.ShouldBeTrue();
        (await b2.VersionsAsync(bucketId)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("b2_upload_file")]
    [InlineData("b2_upload_part")]
    public async Task Who_has_the_first_byte_of_the_answer_may_use_the_url_again(string operation)
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(
            b2,
            new()
            {
                Operation = operation,
                StallAfter = 1,
                Body = FaultyBody.Response,
                Count = 1,
            }
        );
        var isPart = operation == "b2_upload_part";
        var target = isPart ? await b2.PartUrlAsync(await b2.StartLargeFileAsync(bucketId, "a")) : await b2.UploadUrlAsync(bucketId);
        await using var raw = await RawConnection.OpenAsync(target.Url);

        await raw.SendAsync(RawConnection.UploadHead(target, "a", 5, B2Wire.Sha1(Hello)) + "hello");
        (await raw.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 200");

        (isPart ? await B2Wire.UploadPartAsync(target, 2, Hello) : await B2Wire.UploadAsync(target, "b", Hello)).ShouldBeOk();
    }

    private static string DownloadHead(B2Wire b2, string fileId) =>
        $"GET /b2api/v4/b2_download_file_by_id?fileId={fileId} HTTP/1.1\r\nHost: a\r\nAuthorization: {b2.Token}\r\n\r\n";

    private async Task<(string Head, byte[] Body, bool IsClean)> DownloadRawAsync(B2Wire b2, string fileId)
    {
        await using var raw = await RawConnection.OpenAsync(Emulator.Url);
        await raw.SendAsync(DownloadHead(b2, fileId));
        var head = await raw.ReadHeadAsync();
        var (body, isClean) = await raw.ReadToEndAsync();
        return (head, body, isClean);
    }
}
