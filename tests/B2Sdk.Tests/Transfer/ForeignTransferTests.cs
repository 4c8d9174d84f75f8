using System.Net;
using System.Net.Http.Headers;

namespace B2Sdk.Tests.Transfer;

/// <summary>Bytes to and from servers that speak B2 and are not B2.</summary>
public sealed class ForeignTransferTests
{
    private const int Segment = 32 * 1024 * 1024;

    [Theory, Trait("Fact", "C70"), Trait("Need", "D7")]
    [InlineData("absent")]
    [InlineData("unsatisfied")]
    [InlineData("garbage")]
    public async Task A_stretch_that_does_not_say_where_it_belongs_is_no_file(string contentRange)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        Reply stretch = Answer.Changed(response =>
        {
            response.StatusCode = HttpStatusCode.PartialContent;
            response.Headers.Remove("X-Bz-Content-Sha1");
            response.Content = new ByteArrayContent(Rig.Bytes(100));
            if (contentRange == "unsatisfied")
            {
                response.Content.Headers.ContentRange = new ContentRangeHeaderValue(1_000);
            }
            else if (contentRange == "garbage")
            {
                response.Content.Headers.TryAddWithoutValidation("Content-Range", "bytes 0-99 of 1000");
            }
        });
        rig.Store("a", Rig.Bytes(1_000));
        rig.Far.Always("b2_download_file_by_name", stretch);

        await Should.ThrowAsync<B2Exception>(rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop));
        await Should.ThrowAsync<B2Exception>(rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Rig.Stop));

        folder.Names.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C69")]
    public async Task A_service_that_ignores_ranges_is_asked_once_for_a_file_of_any_size()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        var content = Rig.Bytes(2 * Segment + 5);
        rig.Store("a", content);
        rig.Far.Always("b2_download_file_by_name", Whole(content));

        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop);

        (await File.ReadAllBytesAsync(folder.File("a"), Rig.Stop)).ShouldBeBytes(content);
        rig.Far.Journal.Count.ShouldBe(1);
    }

    [Theory, Trait("Fact", "C69")]
    [InlineData(100, 299)]
    [InlineData(0, 299)]
    [InlineData(700, null)]
    public async Task A_stretch_of_a_file_is_cut_out_where_the_service_ignores_ranges(int first, int? last)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        var content = Rig.Bytes(1_000);
        rig.Store("a", content);
        rig.Far.Always("b2_download_file_by_name", Whole(content));
        using var sink = new MemoryStream();
        var range = new DownloadOptions { Range = new(first, last) };

        await rig.Bucket.DownloadToStreamAsync("a", sink, range, Rig.Stop);
        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), range, Rig.Stop);

        var wanted = content[first..((last ?? 999) + 1)];
        sink.ToArray().ShouldBeBytes(wanted);
        File.ReadAllBytes(folder.File("a")).ShouldBeBytes(wanted);
    }

    [Fact, Trait("Fact", "C69"), Trait("Need", "D7")]
    public async Task Stretches_of_several_versions_are_not_mixed_where_there_is_no_id()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        var old = rig.Store("a", Rig.Bytes(2 * Segment));
        rig.Far.Always(
            "b2_download_file_by_name",
            async (far, exchange, stop) =>
            {
                var response = await far.AnswerWellAsync(exchange, stop);
                response.Headers.Remove("X-Bz-File-Id");
                response.Headers.Remove("X-Bz-Content-Sha1");
                if (far.Uploads.Count == 1)
                {
                    var newer = rig.Store("a", Rig.Bytes(2 * Segment, 2));
                    far.Replace(newer, newer with { At = old.At + TimeSpan.FromSeconds(5) });
                }
                return response;
            }
        );

        await Should.ThrowAsync<B2ChecksumException>(
            rig.Bucket.DownloadToFileAsync("a", folder.File("a"), new() { Concurrency = 1 }, Rig.Stop)
        );

        folder.Names.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C69")]
    public async Task A_file_without_headers_of_its_own_is_downloaded_all_the_same()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a b", Rig.Bytes(1_000));
        rig.Far.Always(
            "b2_download_file_by_name",
            Answer.Changed(response =>
            {
                foreach (var name in response.Headers.Select(header => header.Key).ToList())
                {
                    response.Headers.Remove(name);
                }
            })
        );
        rig.Far.Next("b2_download_file_by_name", Answer.CutBodyAfter(10));

        var result = await rig.Bucket.DownloadToFileAsync("a b", folder.File("a"), cancellationToken: Rig.Stop);

        File.ReadAllBytes(folder.File("a")).ShouldBeBytes(Rig.Bytes(1_000));
        result.File.FileName.ShouldBe("a b");
    }

    [Fact, Trait("Fact", "C69")]
    public async Task A_service_that_gives_less_than_was_asked_for_is_asked_for_the_rest()
    {
        await using var rig = await Rig.StartAsync();
        var content = Rig.Bytes(1_000);
        var stored = rig.Store("a", content);
        Task<HttpResponseMessage> Piece(FarSide far, Exchange exchange, CancellationToken stop)
        {
            var from = exchange.Headers.TryGetValue("Range", out var range)
                ? (int)RangeHeaderValue.Parse(range).Ranges.Single().From!.Value
                : 0;
            var to = Math.Min(from + 299, content.Length - 1);
            var response = new HttpResponseMessage(HttpStatusCode.PartialContent)
            {
                Content = new ByteArrayContent(content[from..(to + 1)]),
            };
            response.Content.Headers.ContentRange = new(from, to, content.Length);
            response.Headers.TryAddWithoutValidation("X-Bz-File-Id", stored.FileId);
            response.Headers.TryAddWithoutValidation("X-Bz-Content-Sha1", stored.Sha1);
            return Task.FromResult(response);
        }
        rig.Far.Always("b2_download_file_by_name", Piece);
        rig.Far.Always("b2_download_file_by_id", Piece);
        using var sink = new MemoryStream();

        await rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: Rig.Stop);

        sink.ToArray().ShouldBeBytes(content);
        rig.Far.Journal.Count.ShouldBe(4);
    }

    [Theory, Trait("Fact", "C49")]
    [InlineData("none")]
    [InlineData(null)]
    public async Task An_acknowledgement_without_a_digest_is_none(string? sha1)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_upload_file", Answer.ChangedJson(json => json["contentSha1"] = sha1));

        var failure = await Should.ThrowAsync<B2ChecksumException>(
            rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop)
        );

        failure.Message.ShouldContain(sha1 ?? "no SHA-1");
    }

    [Fact, Trait("Fact", "C49")]
    public async Task An_upload_whose_acknowledgement_cannot_be_read_is_looked_for()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_upload_file", Answer.ChangedJson(json => json.Remove("fileName")));

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().FileId.ShouldBe(file.FileId);
    }

    [Fact, Trait("Fact", "C57")]
    public async Task A_finish_whose_acknowledgement_cannot_be_read_is_looked_up()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_finish_large_file", Answer.ChangedJson(json => json.Remove("fileName")));

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().FileId.ShouldBe(file.FileId);
        rig.Far.Count("b2_cancel_large_file").ShouldBe(0);
    }

    private static Reply Whole(byte[] content) =>
        Answer.Changed(response =>
        {
            response.StatusCode = HttpStatusCode.OK;
            response.Content = new ByteArrayContent(content);
        });
}
