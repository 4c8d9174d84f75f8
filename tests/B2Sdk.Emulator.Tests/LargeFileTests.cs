using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Tests;

/// <summary>Large files from start to finish, and the ways in which they do not get there.</summary>
public sealed class LargeFileTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private static readonly byte[] A = B2Wire.Bytes(EmulatorFixture.MinimumPartSize, (byte)'a');
    private static readonly byte[] B = B2Wire.Bytes(EmulatorFixture.MinimumPartSize + 20, (byte)'b');
    private static readonly byte[] C = B2Wire.Bytes(3, (byte)'c');

    [Fact]
    public void A_file_has_at_most_ten_terabytes()
    {
        static List<Segment> Parts(int count, long length) =>
            [
                .. Enumerable
                    .Range(1, count)
                    .Select(number => new Segment
                    {
                        Number = number,
                        Blob = number,
                        Length = length,
                        Sha1 = B2Wire.Sha1([]),
                    }),
            ];
        static void Check(List<Segment> parts) => Store.CheckParts(parts, [.. parts.Select(part => part.Sha1!)], minimumPartSize: 1);

        Check(Parts(2_000, 5_000_000_000));

        Should.Throw<Refusal>(() => Check(Parts(2_001, 5_000_000_000))).Message.ShouldContain("10000000000000");
    }

    [Fact, Trait("Fact", "S126")]
    public async Task Start_says_that_nothing_is_there_yet()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var file = await b2.OkAsync(
            "b2_start_large_file",
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = "film.txt",
                ["contentType"] = "b2/x-auto",
                ["fileInfo"] = new JsonObject { ["author"] = "Zoë" },
            }
        );

        file["action"]!.GetValue<string>().ShouldBe("start");
        file["contentLength"]!.GetValue<long>().ShouldBe(0);
        file["contentSha1"]!.GetValue<string>().ShouldBe("none");
        file["contentMd5"].ShouldBeNull();
        file["contentType"]!.GetValue<string>().ShouldBe("text/plain");
        file["fileInfo"]!["author"]!.GetValue<string>().ShouldBe("Zoë");
    }

    [Fact, Trait("Fact", "S127"), Trait("Fact", "S137")]
    public async Task A_finished_file_is_the_started_one_with_all_its_bytes()
    {
        var master = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await master.CreateBucketAsync(name);
        var started = await master.OkAsync(
            "b2_start_large_file",
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = "film",
                ["contentType"] = "video/mp4",
                ["fileInfo"] = new JsonObject { ["large_file_sha1"] = new string('0', 40) },
            }
        );
        var fileId = B2Wire.IdOf(started);
        foreach (var (number, part) in ((int, byte[])[])[(3, C), (1, A), (2, B)])
        {
            (await B2Wire.UploadPartAsync(await master.PartUrlAsync(fileId), number, part)).ShouldBeOk();
        }

        var finished = await master.FinishAsync(fileId, A, B, C);

        B2Wire.IdOf(finished).ShouldBe(fileId);
        finished["action"]!.GetValue<string>().ShouldBe("upload");
        finished["contentSha1"]!.GetValue<string>().ShouldBe("none");
        finished["contentMd5"].ShouldBeNull();
        finished["contentLength"]!.GetValue<long>().ShouldBe(A.Length + B.Length + C.Length);
        finished["uploadTimestamp"]!.GetValue<long>().ShouldBe(started["uploadTimestamp"]!.GetValue<long>());
        finished["fileInfo"]!.ToJsonString().ShouldBe(started["fileInfo"]!.ToJsonString());
        (await master.OkAsync("b2_get_file_info", new() { ["fileId"] = fileId })).ToJsonString().ShouldBe(finished.ToJsonString());
        (await master.NamesAsync(bucketId)).Single().ToJsonString().ShouldBe(finished.ToJsonString());
        var download = await master.DownloadByNameAsync(name, "film");
        download.ShouldBeOk().Body.ShouldBe([.. A, .. B, .. C]);
        download.Header("X-Bz-Content-Sha1").ShouldBe("none");
        download.Header("X-Bz-Info-large_file_sha1").ShouldBe(new string('0', 40));
        var acrossParts = await master.DownloadByIdAsync(fileId, headers: ("Range", $"bytes={A.Length - 1}-{A.Length}"));
        acrossParts.Text.ShouldBe("ab");
    }

    [Fact, Trait("Fact", "S128"), Trait("Fact", "S131")]
    public async Task A_part_is_described_and_may_be_small_for_now()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");

        var part = (await B2Wire.UploadPartAsync(await b2.PartUrlAsync(fileId), 1, C)).ShouldBeOk().Json;
        var atEnd = await B2Wire.UploadPartAsync(
            await b2.PartUrlAsync(fileId),
            2,
            [.. C, .. Encoding.ASCII.GetBytes(B2Wire.Sha1(C))],
            ("X-Bz-Content-Sha1", "hex_digits_at_end")
        );

        part["fileId"]!.GetValue<string>().ShouldBe(fileId);
        part["partNumber"]!.GetValue<int>().ShouldBe(1);
        part["contentLength"]!.GetValue<long>().ShouldBe(3);
        part["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1(C));
        part["contentMd5"]!.GetValue<string>().ShouldBe(B2Wire.Md5(C));
        part["uploadTimestamp"]!.GetValue<long>().ShouldBeGreaterThan(1_500_000_000_000);
        atEnd.ShouldBeOk().Json["contentLength"]!.GetValue<long>().ShouldBe(3);
    }

    [Theory, Trait("Fact", "S129")]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("-1")]
    [InlineData("one")]
    [InlineData("")]
    public async Task A_part_number_outside_one_to_ten_thousand_is_refused(string number)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");

        var reply = await B2Wire.UploadPartAsync(await b2.PartUrlAsync(fileId), 1, C, ("X-Bz-Part-Number", number));

        reply.ShouldBeRefused(400, "bad_request");
        if (int.TryParse(number, out _))
        {
            reply.Message.ShouldBe("Part number must be in range 1 - 10000");
        }
    }

    [Fact, Trait("Fact", "S129")]
    public async Task Part_ten_thousand_is_the_last()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");

        (await B2Wire.UploadPartAsync(await b2.PartUrlAsync(fileId), 10_000, C)).ShouldBeOk();
    }

    [Fact]
    public async Task A_part_with_a_wrong_sha1_or_no_bytes_is_refused()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");

        var wrong = await B2Wire.UploadPartAsync(await b2.PartUrlAsync(fileId), 1, C, ("X-Bz-Content-Sha1", B2Wire.Sha1(A)));
        var missing = await B2Wire.UploadPartAsync(await b2.PartUrlAsync(fileId), 1, C, ("X-Bz-Content-Sha1", ""));
        var empty = await B2Wire.UploadPartAsync(await b2.PartUrlAsync(fileId), 1, []);

        wrong.ShouldBeRefused(400, "bad_request");
        missing.ShouldBeRefused(400, "bad_request");
        empty.ShouldBeRefused(400, "bad_request");
        (await PartNumbersAsync(b2, fileId)).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S130")]
    public async Task A_part_sent_again_replaces_the_first()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");
        var target = await b2.PartUrlAsync(fileId);

        foreach (var (number, part) in ((int, byte[])[])[(1, A), (2, C), (1, B)])
        {
            (await B2Wire.UploadPartAsync(target, number, part)).ShouldBeOk();
        }

        (await PartNumbersAsync(b2, fileId)).ShouldBe([1, 2]);
        await b2.RefusedAsync("b2_finish_large_file", Finish(fileId, A, C), 400, "part_sha1_mismatch");
        await b2.FinishAsync(fileId, B, C);
        (await b2.DownloadByIdAsync(fileId)).ShouldBeOk().Body.ShouldBe([.. B, .. C]);
    }

    [Fact, Trait("Fact", "S132"), Trait("Fact", "S133"), Trait("Fact", "S134"), Trait("Fact", "S135")]
    public async Task A_finish_that_does_not_fit_is_refused_and_spoils_nothing()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");
        var target = await b2.PartUrlAsync(fileId);
        (await B2Wire.UploadPartAsync(target, 1, A)).ShouldBeOk();

        var single = await b2.RefusedAsync("b2_finish_large_file", Finish(fileId, A), 400, "bad_request");
        single.Message.ShouldContain("large files must have at least 2 parts");
        await b2.RefusedAsync("b2_finish_large_file", Finish(fileId), 400, "bad_request");
        await b2.RefusedAsync("b2_finish_large_file", Finish(fileId, A, B), 400, "missing_part");
        (await B2Wire.UploadPartAsync(target, 3, C)).ShouldBeOk();
        await b2.RefusedAsync("b2_finish_large_file", Finish(fileId, A, B, C), 400, "missing_part");
        (await B2Wire.UploadPartAsync(target, 2, C)).ShouldBeOk();
        await b2.RefusedAsync("b2_finish_large_file", Finish(fileId, A, B, C), 400, "part_sha1_mismatch");
        await b2.RefusedAsync("b2_finish_large_file", Finish(fileId, A, C, C), 400, "bad_request");
        (await B2Wire.UploadPartAsync(target, 2, B)).ShouldBeOk();
        await b2.RefusedAsync("b2_finish_large_file", Finish(fileId, A, B), 400);
        var notHex = Finish(fileId, A, B, C);
        notHex["partSha1Array"]![1] = "not a digest";
        await b2.RefusedAsync("b2_finish_large_file", notHex, 400);

        await b2.FinishAsync(fileId, A, B, C);
    }

    [Fact, Trait("Fact", "S136"), Trait("Fact", "S139")]
    public async Task A_finished_file_is_finished_for_good()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");
        var target = await b2.PartUrlAsync(fileId);
        (await B2Wire.UploadPartAsync(target, 1, A)).ShouldBeOk();
        (await B2Wire.UploadPartAsync(target, 2, C)).ShouldBeOk();
        await b2.FinishAsync(fileId, A, C);

        await b2.RefusedAsync("b2_finish_large_file", Finish(fileId, A, C), 400, "bad_request");
        await b2.RefusedAsync("b2_cancel_large_file", new() { ["fileId"] = fileId }, 400, "bad_request");
        await b2.RefusedAsync("b2_list_parts", new() { ["fileId"] = fileId }, 400, "bad_request");
        var refusal = await b2.RefusedAsync("b2_get_upload_part_url", new() { ["fileId"] = fileId }, 400, "bad_request");
        refusal.Message.ShouldBe($"No active upload for: {fileId}");
        (await B2Wire.UploadPartAsync(target, 3, C)).Status.ShouldBeOneOf(400, 401);
        (await b2.DownloadByIdAsync(fileId)).ShouldBeOk().Body.ShouldBe([.. A, .. C]);
    }

    [Fact, Trait("Fact", "S136")]
    public async Task Of_many_finishes_one_wins()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");
        var target = await b2.PartUrlAsync(fileId);
        (await B2Wire.UploadPartAsync(target, 1, A)).ShouldBeOk();
        (await B2Wire.UploadPartAsync(target, 2, C)).ShouldBeOk();

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => b2.CallAsync("b2_finish_large_file", Finish(fileId, A, C))));

        replies.Count(r => r.Status == 200).ShouldBe(1);
        replies.Count(r => r.Status == 400).ShouldBe(5);
        (await b2.VersionsAsync(bucketId)).Count.ShouldBe(1);
    }

    [Fact, Trait("Fact", "S138")]
    public async Task A_cancelled_file_is_gone_with_its_parts()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "film");
        var target = await b2.PartUrlAsync(fileId);
        (await B2Wire.UploadPartAsync(target, 1, A)).ShouldBeOk();

        var cancelled = await b2.OkAsync("b2_cancel_large_file", new() { ["fileId"] = fileId });

        cancelled.Select(m => m.Key).ShouldBe(["accountId", "bucketId", "fileId", "fileName"]);
        cancelled["fileName"]!.GetValue<string>().ShouldBe("film");
        await b2.RefusedAsync("b2_cancel_large_file", new() { ["fileId"] = fileId }, 400, "bad_request");
        await b2.RefusedAsync("b2_list_parts", new() { ["fileId"] = fileId }, 400, "bad_request");
        await b2.RefusedAsync("b2_finish_large_file", Finish(fileId, A, C), 400, "bad_request");
        (await B2Wire.UploadPartAsync(target, 2, C)).Status.ShouldBeOneOf(400, 401);
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    private static JsonObject Finish(string fileId, params byte[][] parts) =>
        new() { ["fileId"] = fileId, ["partSha1Array"] = B2Wire.Strings(parts.Select(B2Wire.Sha1)) };

    private static List<int> Numbers(JsonObject page) => [.. page["parts"]!.AsArray().Select(p => p!["partNumber"]!.GetValue<int>())];

    private static async Task<List<int>> PartNumbersAsync(B2Wire b2, string fileId, int start = 1) =>
        Numbers(await b2.OkAsync("b2_list_parts", new() { ["fileId"] = fileId, ["startPartNumber"] = start }));
}
