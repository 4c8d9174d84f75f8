using System.Net;

namespace B2Sdk.Tests.Transfer;

/// <summary>What is not the file is never passed off as it.</summary>
public sealed class DownloadIntegrityTests
{
    private static readonly string Wrong = FarSide.HexSha1([1]);

    [Theory, Trait("Fact", "C66"), Trait("Fact", "C67")]
    [InlineData("right", null, ContentVerification.Sha1)]
    [InlineData("UPPER", null, ContentVerification.Sha1)]
    [InlineData("unverified", null, ContentVerification.UnverifiedSha1)]
    [InlineData("none", "right", ContentVerification.LargeFileSha1)]
    [InlineData("none", null, ContentVerification.None)]
    [InlineData("none", "not 40 digits", ContentVerification.None)]
    [InlineData("", null, ContentVerification.None)]
    public async Task Every_kind_of_digest_is_checked_as_what_it_is(string header, string? largeFileSha1, ContentVerification expected)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        Store(rig, header, largeFileSha1, FarSide.HexSha1(Rig.Bytes(1_000)));
        using var sink = new MemoryStream();

        (await rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop)).Verification.ShouldBe(expected);
        (await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop)).Verification.ShouldBe(expected);
    }

    [Theory, Trait("Fact", "C66"), Trait("Fact", "C67"), Trait("Need", "D7")]
    [InlineData("right", null)]
    [InlineData("unverified", null)]
    [InlineData("none", "right")]
    public async Task A_wrong_digest_leaves_the_target_as_it_was_and_no_temporary_file(string header, string? largeFileSha1)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        Store(rig, header, largeFileSha1, Wrong);
        folder.File("old", [1, 2, 3]);

        await Should.ThrowAsync<B2ChecksumException>(rig.Bucket.DownloadToFileAsync("a", folder.File("old"), cancellationToken: Rig.Stop));
        await Should.ThrowAsync<B2ChecksumException>(rig.Bucket.DownloadToFileAsync("a", folder.File("new"), cancellationToken: Rig.Stop));
        await Should.ThrowAsync<B2ChecksumException>(
            rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Rig.Stop)
        );

        folder.Names.ShouldBe(["old"]);
        File.ReadAllBytes(folder.File("old")).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_caller_who_does_not_want_the_digest_checked_gets_what_there_is()
    {
        await using var rig = await Rig.StartAsync();
        Store(rig, "right", null, Wrong);
        using var sink = new MemoryStream();

        var result = await rig.Bucket.DownloadToStreamAsync("a", sink, new() { VerifyContent = false }, Rig.Stop);

        result.Verification.ShouldBe(ContentVerification.None);
        sink.ToArray().ShouldBeBytes(Rig.Bytes(1_000));
    }

    [Theory, Trait("Need", "D7"), Trait("Fact", "C70")]
    [InlineData("stream")]
    [InlineData("file")]
    [InlineData("open")]
    public async Task An_answer_without_a_length_is_never_an_empty_file(string way)
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 2 } });
        using var folder = new TemporaryFolder();
        Store(rig, "none", null, Wrong);
        Reply chunked = Answer.Changed(response =>
        {
            response.StatusCode = HttpStatusCode.OK;
            response.Content = new StreamContent(new OneShotStream(Rig.Bytes(1_000)));
        });
        rig.Far.Always("b2_download_file_by_name", chunked);
        rig.Far.Always("b2_download_file_by_id", chunked);

        byte[] got;
        try
        {
            got = await DownloadAsync(rig, way, folder);
        }
        catch (Exception e) when (e is B2Exception or B2ChecksumException)
        {
            // Refusing it is one of the two honest ways; to read all of it is the other.
            folder.Names.ShouldBeEmpty();
            return;
        }

        got.ShouldBeBytes(Rig.Bytes(1_000));
    }

    [Fact, Trait("Need", "D7"), Trait("Fact", "C70")]
    public async Task A_stretch_of_an_unknown_whole_is_never_a_whole_file()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        Store(rig, "none", null, Wrong);
        rig.Far.Always(
            "b2_download_file_by_name",
            Answer.Changed(response =>
            {
                response.Content = new ByteArrayContent(Rig.Bytes(1_000)[..100]);
                response.Content.Headers.ContentRange = new(0, 99);
            })
        );

        await Should.ThrowAsync<B2Exception>(rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop));

        folder.Names.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C71"), Trait("Need", "D7")]
    public async Task A_handler_that_decompresses_is_not_believed()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        Store(rig, "right", null, FarSide.HexSha1(Rig.Bytes(1_000)));
        // Such a handler takes the length and the encoding away, and gives other bytes.
        rig.Far.Always(
            "b2_download_file_by_name",
            Answer.Changed(response => response.Content = new StreamContent(new OneShotStream(Rig.Bytes(3_000))))
        );

        var failure = await Record.ExceptionAsync(() => rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop));

        (failure is B2Exception or B2ChecksumException).ShouldBeTrue();
        folder.Names.ShouldBeEmpty();
    }

    [Fact, Trait("Need", "D7")]
    public async Task More_bytes_than_were_promised_are_not_written()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Rig.Bytes(1_000));
        rig.Far.Always(
            "b2_download_file_by_name",
            Answer.Changed(response =>
            {
                var range = response.Content.Headers.ContentRange;
                response.Content = new StreamContent(new OneShotStream([.. Rig.Bytes(1_000), 1, 2, 3]));
                response.Content.Headers.ContentRange = range;
                response.Content.Headers.ContentLength = 1_000;
            })
        );

        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop);

        File.ReadAllBytes(folder.File("a")).ShouldBeBytes(Rig.Bytes(1_000));
    }

    [Fact, Trait("Need", "D7")]
    public async Task Another_stretch_than_was_asked_for_is_refused()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Rig.Bytes(1_000));
        rig.Far.Always(
            "b2_download_file_by_name",
            Answer.Changed(response => response.Content.Headers.ContentRange = new(500, 999, 1_000))
        );

        await Should.ThrowAsync<B2ChecksumException>(rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop));

        folder.Names.ShouldBeEmpty();
    }

    [Fact, Trait("Need", "D7")]
    public async Task One_flipped_bit_is_noticed()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Rig.Bytes(1_000));
        rig.Far.Always(
            "b2_download_file_by_name",
            Answer.ChangedBody(body =>
            {
                body[500] ^= 1;
                return new MemoryStream(body);
            })
        );

        await Should.ThrowAsync<B2ChecksumException>(rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop));

        folder.Names.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(403, "download_cap_exceeded")]
    [InlineData(404, "not_found")]
    [InlineData(401, "unauthorized")]
    public async Task A_refused_download_touches_nothing(int status, string code)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        folder.File("a", [1, 2, 3]);
        rig.Far.Always("b2_download_file_by_name", Answer.Error(status, code));

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop)
        );

        failure.Code.Value.ShouldBe(code);
        File.ReadAllBytes(folder.File("a")).ShouldBe([1, 2, 3]);
        folder.Names.ShouldBe(["a"]);
        rig.Far.Journal.Count.ShouldBe(1);
    }

    private static async Task<byte[]> DownloadAsync(Rig rig, string way, TemporaryFolder folder)
    {
        if (way == "file")
        {
            await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop);
            return await File.ReadAllBytesAsync(folder.File("a"), Rig.Stop);
        }
        using var sink = new MemoryStream();
        if (way == "stream")
        {
            await rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop);
        }
        else
        {
            await using var open = await rig.Bucket.OpenReadAsync("a", cancellationToken: Rig.Stop);
            await open.CopyToAsync(sink, Rig.Stop);
        }
        return sink.ToArray();
    }

    private static void Store(Rig rig, string header, string? largeFileSha1, string sha1)
    {
        var stored = rig.Store("a", Rig.Bytes(1_000));
        rig.Far.Replace(
            stored,
            stored with
            {
                Sha1 = header switch
                {
                    "right" => sha1,
                    "UPPER" => sha1.ToUpperInvariant(),
                    "unverified" => "unverified:" + sha1,
                    _ => header,
                },
                Info = largeFileSha1 is null ? [] : new() { ["large_file_sha1"] = largeFileSha1 == "right" ? sha1 : largeFileSha1 },
            }
        );
    }
}
