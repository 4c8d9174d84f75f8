using System.Text.Json;
using System.Text.Json.Nodes;
using B2Sdk.Tests.Golden;

namespace B2Sdk.Tests.Transfer;

/// <summary>What a copy asks for, by way of what it is to keep of its source and what it cannot.</summary>
public sealed class CopyTests
{
    private const string SmallId = "4_zb8adc1404fd24b779a000f1a_f1000000000000001_d20260202_m024000_c000_v0001000_t0001";
    private const string BucketId = "b8adc1404fd24b779a000f1a";
    private static readonly EncryptionSetting CustomersKey = EncryptionSetting.SseC(
        new(Enumerable.Range(0, 32).Select(number => (byte)number).ToArray())
    );

    [Fact]
    public async Task A_plain_copy_is_one_call_and_says_nothing_of_the_source()
    {
        await using var rig = await StartAsync();
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        rig.Far.Always("b2_copy_file", GoldenFiles.Answer("b2_copy_file/response.json"));

        var copy = await bucket.CopyFileAsync(SmallId, "docs/copy.txt", cancellationToken: Rig.Stop);

        rig.Far.Last("b2_copy_file").ShouldMatch("b2_copy_file/request.json", request => request["destinationBucketId"] = BucketId);
        rig.Far.Count("b2_get_file_info").ShouldBe(0);
        copy.Action.ShouldBe(FileAction.Copy);
    }

    [Fact]
    public async Task A_stretch_with_words_of_its_own_is_asked_for_as_the_file_has_it()
    {
        await using var rig = await StartAsync();
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        rig.Far.Always("b2_copy_file", GoldenFiles.Answer("b2_copy_file/response.replace.json"));
        var options = new CopyOptions
        {
            Range = new(1, 3),
            ContentType = "text/html",
            FileInfo = new Dictionary<string, string> { ["author"] = "nobody" },
        };

        await bucket.CopyFileAsync(SmallId, "docs/copy.txt", options, Rig.Stop);

        rig.Far.Last("b2_copy_file").ShouldMatch("b2_copy_file/request.replace.json", request => request["destinationBucketId"] = BucketId);
    }

    [Fact, Trait("Fact", "C50")]
    public async Task Keys_and_locks_are_asked_for_as_the_file_has_it()
    {
        await using var rig = await StartAsync();
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        rig.Far.Always("b2_copy_file", GoldenFiles.Answer("b2_copy_file/response.sse-c.json"));
        var options = new CopyOptions
        {
            SourceEncryption = CustomersKey,
            Encryption = EncryptionSetting.SseB2,
            Retention = FileRetention.Governance(DateTimeOffset.FromUnixTimeMilliseconds(1_770_604_800_000)),
            LegalHold = LegalHold.On,
        };

        await bucket.CopyFileAsync(SmallId, "docs/copy.txt", options, Rig.Stop);

        rig.Far.Last("b2_copy_file").ShouldMatch("b2_copy_file/request.sse-c.json", request => request["destinationBucketId"] = BucketId);
    }

    [Fact, Trait("Need", "D27")]
    public async Task A_copy_that_changes_one_word_keeps_the_others()
    {
        await using var rig = await StartAsync();
        rig.Far.Always("b2_copy_file", AnswerCopy);
        Source(
            rig,
            new JsonObject
            {
                ["author"] = "Zoë",
                ["b2-expires"] = "never",
                ["note"] = "x",
            }
        );

        await rig.Bucket.CopyFileAsync(SmallId, "a", new() { ContentType = "text/css" }, Rig.Stop);
        var byType = rig.Far.Last("b2_copy_file").Json;
        await rig.Bucket.CopyFileAsync(SmallId, "a", new() { CacheControl = "no-store", Expires = DateTimeOffset.UnixEpoch }, Rig.Stop);
        var byHeader = rig.Far.Last("b2_copy_file").Json;
        await rig.Bucket.CopyFileAsync(SmallId, "a", new() { FileInfo = new Dictionary<string, string>() }, Rig.Stop);
        var byInfo = rig.Far.Last("b2_copy_file").Json;

        Show(byType).ShouldBe("REPLACE text/css author=Zoë b2-expires=never note=x");
        Show(byHeader).ShouldBe("REPLACE text/plain author=Zoë b2-cache-control=no-store b2-expires=Thu, 01 Jan 1970 00:00:00 GMT note=x");
        Show(byInfo).ShouldBe("REPLACE text/plain");
    }

    [Fact]
    public async Task The_SHA_1_of_a_whole_file_is_not_handed_on_with_a_stretch_of_it()
    {
        await using var rig = await StartAsync();
        rig.Far.Always("b2_copy_file", AnswerCopy);
        Source(rig, new JsonObject { ["large_file_sha1"] = new string('a', 40), ["note"] = "x" });

        await rig.Bucket.CopyFileAsync(SmallId, "a", new() { Range = new(0, 2) }, Rig.Stop);
        var stretch = rig.Far.Last("b2_copy_file").Json;
        await rig.Bucket.CopyFileAsync(SmallId, "a", new() { Range = new(0) }, Rig.Stop);
        var whole = rig.Far.Last("b2_copy_file").Json;

        Show(stretch).ShouldBe("REPLACE text/plain note=x");
        stretch.GetProperty("range").GetString().ShouldBe("bytes=0-2");
        Show(whole).ShouldBe("");
        whole.TryGetProperty("range", out _).ShouldBeFalse();
    }

    [Fact, Trait("Need", "D27")]
    public async Task The_name_of_the_key_follows_the_key()
    {
        await using var rig = await StartAsync();
        rig.Far.Always("b2_copy_file", AnswerCopy);
        Source(rig, new JsonObject { ["sse_c_key_id"] = "old", ["note"] = "x" });
        var named = EncryptionSetting.SseC(EncryptionKey.Generate("new"));
        var sameName = EncryptionSetting.SseC(EncryptionKey.Generate("old"));

        await rig.Bucket.CopyFileAsync(SmallId, "a", new() { SourceEncryption = CustomersKey, Encryption = named }, Rig.Stop);
        Show(rig.Far.Last("b2_copy_file").Json).ShouldBe("REPLACE text/plain note=x sse_c_key_id=new");
        await rig.Bucket.CopyFileAsync(SmallId, "a", new() { SourceEncryption = CustomersKey, Encryption = sameName }, Rig.Stop);
        Show(rig.Far.Last("b2_copy_file").Json).ShouldBe("");
        await rig.Bucket.CopyFileAsync(SmallId, "a", new() { SourceEncryption = CustomersKey }, Rig.Stop);
        Show(rig.Far.Last("b2_copy_file").Json).ShouldBe("REPLACE text/plain note=x");
    }

    [Fact]
    public async Task A_source_that_is_too_large_for_one_call_is_copied_in_even_parts_with_all_that_is_said_of_it()
    {
        await using var rig = await StartAsync();
        rig.Far.Next("b2_copy_file", Answer.Error(400, "source_too_large", "Copy source too big: 25000"));
        Source(rig, new JsonObject { ["note"] = "x", ["large_file_sha1"] = new string('a', 40) }, 250_001);
        LargeCopies(rig, 250_001);
        var progress = new List<TransferProgress>();

        var copy = await rig.Bucket.CopyFileAsync(
            SmallId,
            "big",
            new() { LegalHold = LegalHold.On, Progress = new Listener(progress) },
            Rig.Stop
        );

        copy.SizeInBytes.ShouldBe(250_001);
        var start = rig.Far.Last("b2_start_large_file").Json;
        start.GetProperty("contentType").GetString().ShouldBe("text/plain");
        start.GetProperty("legalHold").GetString().ShouldBe("on");
        Show(start).ShouldBe($" text/plain large_file_sha1={new string('a', 40)} note=x");
        // Ten times the 10,000 that the account recommends, made even: three parts of 83,334 or fewer.
        rig.Far.Of("b2_copy_part")
            .OrderBy(part => part.Json.GetProperty("partNumber").GetInt32())
            .Select(part => part.Text("range"))
            .ShouldBe(["bytes=0-83333", "bytes=83334-166667", "bytes=166668-250000"]);
        rig.Far.Last("b2_finish_large_file")
            .Json.GetProperty("partSha1Array")
            .EnumerateArray()
            .Select(sha1 => sha1.GetString()![^1])
            .ShouldBe(['1', '2', '3']);
        progress[^1].BytesTransferred.ShouldBe(250_001);
    }

    [Fact]
    public async Task A_large_copy_that_fails_leaves_nothing_unfinished()
    {
        await using var rig = await StartAsync();
        Source(rig, [], 50_000);
        LargeCopies(rig, 50_000);
        rig.Far.Always("b2_copy_part", Answer.Error(403, "access_denied"));

        await Should.ThrowAsync<B2AccessDeniedException>(rig.Bucket.CopyFileAsync(SmallId, "big", new() { PartSize = 10_000 }, Rig.Stop));

        rig.Far.Count("b2_cancel_large_file").ShouldBe(1);
        rig.Far.Count("b2_finish_large_file").ShouldBe(0);
    }

    [Fact]
    public async Task A_copy_of_another_length_is_not_taken_for_a_copy()
    {
        await using var rig = await StartAsync();
        Source(rig, []);
        rig.Far.Always("b2_copy_file", AnswerCopy);

        await Should.ThrowAsync<B2ChecksumException>(rig.Bucket.CopyFileAsync(SmallId, "a", new() { Range = new(1, 3) }, Rig.Stop));
    }

    [Fact]
    public async Task A_stretch_behind_the_end_is_refused_as_B2_would()
    {
        await using var rig = await StartAsync();
        Source(rig, []);

        var failure = await Should.ThrowAsync<B2Exception>(rig.Bucket.CopyFileAsync(SmallId, "a", new() { Range = new(5) }, Rig.Stop));

        failure.Code.ShouldBe(B2ErrorCode.RangeNotSatisfiable);
        failure.Message.ShouldContain("has 5 bytes");
        rig.Far.Count("b2_copy_file").ShouldBe(0);
    }

    private static Task<Rig> StartAsync() =>
        Rig.StartAsync(
            far =>
            {
                far.Always("b2_list_buckets", GoldenFiles.Answer("b2_list_buckets/response.json"));
                far.Always("b2_get_file_info", GoldenFiles.Answer("b2_get_file_info/response.json"));
            },
            bucketName: "my-bucket"
        );

    // The copy has the length of its source or of the stretch, except where a test wants it otherwise: then five.
    private static Reply AnswerCopy =>
        (far, exchange, stop) =>
            Answer.ChangedJsonOf(
                GoldenFiles.Text("b2_copy_file/response.json"),
                json =>
                {
                    json["fileName"] = exchange.Text("fileName");
                    json["contentLength"] = exchange.Text("range") is "bytes=0-2" ? 3 : 5;
                }
            )(far, exchange, stop);

    private static void Source(Rig rig, JsonObject info, long length = 5) =>
        rig.Far.Always(
            "b2_get_file_info",
            Answer.ChangedJsonOf(
                GoldenFiles.Text("b2_get_file_info/response.json"),
                json =>
                {
                    json["fileInfo"] = info;
                    json["contentLength"] = length;
                    json["contentSha1"] = "none";
                }
            )
        );

    private static void LargeCopies(Rig rig, long length)
    {
        rig.Far.Always(
            "b2_copy_part",
            (far, exchange, stop) =>
            {
                var ends = exchange.Text("range")!["bytes=".Length..].Split('-').Select(long.Parse).ToArray();
                var number = exchange.Json.GetProperty("partNumber").GetInt32();
                return Answer.ChangedJsonOf(
                    GoldenFiles.Text("b2_copy_part/response.json"),
                    json =>
                    {
                        json["partNumber"] = number;
                        json["contentLength"] = ends[1] - ends[0] + 1;
                        json["contentSha1"] = new string('0', 39) + number;
                    }
                )(far, exchange, stop);
            }
        );
        rig.Far.Always(
            "b2_finish_large_file",
            Answer.ChangedJsonOf(
                GoldenFiles.Text("b2_finish_large_file/response.json"),
                json => (json["fileName"], json["contentLength"]) = ("big", length)
            )
        );
    }

    private sealed class Listener(List<TransferProgress> heard) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            lock (heard)
            {
                heard.Add(value);
            }
        }
    }

    private static string Show(JsonElement request)
    {
        var directive = request.TryGetProperty("metadataDirective", out var word) ? word.GetString() : "";
        if (!request.TryGetProperty("fileInfo", out var info))
        {
            return directive!;
        }
        var entries = info.EnumerateObject()
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => $"{entry.Name}={entry.Value}");
        return string.Join(' ', [directive!, request.GetProperty("contentType").GetString()!, .. entries]);
    }
}
