using System.Security.Cryptography;
using System.Text;

namespace B2Sdk.Tests.Transfer;

/// <summary>What an upload puts on the wire, and what it makes of the answer.</summary>
public sealed class UploadRequestTests
{
    [Theory, Trait("Fact", "C39"), Trait("Fact", "C40"), Trait("Fact", "C41"), Trait("Fact", "C42")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(9_999)]
    public async Task The_length_is_stated_with_the_forty_digits_of_the_digest_that_ends_the_body(int size)
    {
        await using var rig = await Rig.StartAsync();
        var bytes = Rig.Bytes(size);

        var file = await rig.Bucket.UploadBytesAsync(bytes, "a", cancellationToken: Rig.Stop);

        var sent = rig.Far.Last("b2_upload_file");
        sent.ContentLength.ShouldBe(size + 40);
        sent.IsChunked.ShouldBeFalse();
        sent.Headers["X-Bz-Content-Sha1"].ShouldBe("hex_digits_at_end");
        Encoding.ASCII.GetString(sent.Body[^40..]).ShouldBe(Convert.ToHexStringLower(SHA1.HashData(bytes)));
        sent.Body[..^40].ShouldBe(bytes);
        (file.SizeInBytes, file.ContentSha1).ShouldBe((size, FarSide.HexSha1(bytes)));
    }

    [Theory, Trait("Fact", "C43")]
    [InlineData("a b", "a%20b")]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("a/b//c", "a/b//c")]
    [InlineData("été", "%C3%A9t%C3%A9")]
    [InlineData("\U00010400", "%F0%90%90%80")]
    [InlineData("100%", "100%25")]
    public async Task Names_are_encoded(string name, string encoded)
    {
        await using var rig = await Rig.StartAsync();

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), name, cancellationToken: Rig.Stop);

        rig.Far.Last("b2_upload_file").Headers["X-Bz-File-Name"].ShouldBe(encoded);
        file.FileName.ShouldBe(name);
    }

    [Fact, Trait("Fact", "C44"), Trait("Fact", "C45"), Trait("Need", "S19")]
    public async Task Info_values_are_encoded_and_keys_are_not()
    {
        await using var rig = await Rig.StartAsync();
        var info = new Dictionary<string, string>
        {
            ["a~!#b"] = "1\r\nX-Evil: 2",
            ["Upper"] = "+ é",
            ["empty"] = "",
        };

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", new() { FileInfo = info }, Rig.Stop);

        var headers = rig.Far.Last("b2_upload_file").Headers;
        headers["X-Bz-Info-a~!#b"].ShouldBe("1%0D%0AX-Evil%3A%202");
        headers["X-Bz-Info-upper"].ShouldBe("%2B%20%C3%A9");
        headers["X-Bz-Info-empty"].ShouldBe("");
        headers.Keys.ShouldNotContain("X-Evil");
        file.FileInfo["upper"].ShouldBe("+ é");
    }

    [Theory, Trait("Fact", "C45"), Trait("Need", "S19")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("a\r\nb")]
    [InlineData("é")]
    [InlineData("")]
    [InlineData("a-key-that-is-longer-than-the-fifty-bytes-that-b2-takes")]
    public async Task A_key_that_is_no_header_name_is_refused_before_anything_is_sent(string key)
    {
        await using var rig = await Rig.StartAsync();
        var options = new UploadOptions { FileInfo = new Dictionary<string, string> { [key] = "x" } };

        await Should.ThrowAsync<ArgumentException>(rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", options, Rig.Stop));

        rig.Far.Journal.ShouldBeEmpty();
    }

    [Theory, Trait("Need", "S19")]
    [InlineData("text/plain\r\nX-Evil: 2")]
    [InlineData("")]
    [InlineData("é")]
    public async Task A_content_type_that_is_no_header_is_refused_before_anything_is_sent(string type)
    {
        await using var rig = await Rig.StartAsync();

        await Should.ThrowAsync<ArgumentException>(rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", new() { ContentType = type }, Rig.Stop));

        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact, Trait("Need", "S19")]
    public async Task Info_that_is_too_much_is_refused_before_anything_is_sent()
    {
        await using var rig = await Rig.StartAsync();
        var options = new UploadOptions { FileInfo = new Dictionary<string, string> { ["a"] = new('x', 10_000) } };

        var failure = await Should.ThrowAsync<ArgumentException>(rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", options, Rig.Stop));

        failure.Message.ShouldContain("7000");
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Theory, Trait("Need", "S19")]
    [InlineData(7_000, true)]
    [InlineData(7_001, false)]
    public async Task Info_is_measured_as_whole_header_lines(int size, bool isAllowed)
    {
        await using var rig = await Rig.StartAsync();
        var valueLength = size - "X-Bz-File-Name: a\r\n".Length - "X-Bz-Info-k: \r\n".Length;
        var options = new UploadOptions { FileInfo = new Dictionary<string, string> { ["k"] = new('x', valueLength) } };

        var failure = await Record.ExceptionAsync(() => rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", options, Rig.Stop));

        (failure is null).ShouldBe(isAllowed);
        rig.Far.Uploads.Count.ShouldBe(isAllowed ? 1 : 0);
    }

    [Theory, Trait("Fact", "C46")]
    [InlineData("")]
    [InlineData("a\u0000b")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    public async Task A_name_that_b2_would_refuse_costs_no_upload(string name)
    {
        await using var rig = await Rig.StartAsync();

        await Should.ThrowAsync<ArgumentException>(rig.Bucket.UploadBytesAsync(Rig.Bytes(10), name, cancellationToken: Rig.Stop));
        await Should.ThrowAsync<ArgumentException>(
            rig.Bucket.UploadStreamAsync(new MemoryStream(Rig.Bytes(10)), name, cancellationToken: Rig.Stop)
        );
        await Should.ThrowAsync<ArgumentException>(rig.Bucket.UploadLocalFileAsync("no such file", name, cancellationToken: Rig.Stop));

        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C46")]
    public async Task A_name_of_1024_bytes_goes_and_one_of_1025_does_not()
    {
        await using var rig = await Rig.StartAsync();

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), new('é', 512), cancellationToken: Rig.Stop);
        await Should.ThrowAsync<ArgumentException>(
            rig.Bucket.UploadBytesAsync(Rig.Bytes(10), new string('é', 512) + "a", cancellationToken: Rig.Stop)
        );
        await Should.ThrowAsync<ArgumentException>(rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "half \ud800", cancellationToken: Rig.Stop));

        rig.Far.Uploads.Count.ShouldBe(1);
    }

    [Fact, Trait("Fact", "C47")]
    public async Task Without_a_type_b2_is_asked_to_choose()
    {
        await using var rig = await Rig.StartAsync();

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a.txt", cancellationToken: Rig.Stop);
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "b.txt", new() { ContentType = "text/x-mine; charset=utf-8" }, Rig.Stop);
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "c.txt", cancellationToken: Rig.Stop);

        rig.Far.Of("b2_upload_file").Select(sent => sent.Headers["Content-Type"]).ShouldBe(["b2/x-auto", "text/x-mine; charset=utf-8"]);
        rig.Far.Last("b2_start_large_file").Text("contentType").ShouldBe("b2/x-auto");
    }

    [Fact]
    public async Task What_an_option_says_beats_what_the_info_says()
    {
        await using var rig = await Rig.StartAsync();
        var options = new UploadOptions
        {
            CacheControl = "max-age=60",
            LastModified = DateTimeOffset.UnixEpoch,
            FileInfo = new Dictionary<string, string>
            {
                ["B2-Cache-Control"] = "no-store",
                ["b2-content-language"] = "de",
                ["src_last_modified_millis"] = "7",
            },
        };

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "small", options, Rig.Stop);
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", options, Rig.Stop);

        var headers = rig.Far.Last("b2_upload_file").Headers;
        headers["X-Bz-Info-b2-cache-control"].ShouldBe("max-age%3D60");
        headers["X-Bz-Info-b2-content-language"].ShouldBe("de");
        var info = rig.Far.Last("b2_start_large_file").Json.GetProperty("fileInfo");
        info.EnumerateObject()
            .Select(entry => (entry.Name, entry.Value.GetString()))
            .ShouldBe(
                [("b2-cache-control", "max-age=60"), ("b2-content-language", "de"), ("src_last_modified_millis", "0")],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task Headers_for_downloads_travel_as_info()
    {
        await using var rig = await Rig.StartAsync();
        var options = new UploadOptions
        {
            CacheControl = "max-age=60",
            ContentDisposition = "attachment; filename=\"a.txt\"",
            ContentEncoding = "gzip",
            ContentLanguage = "de",
            Expires = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            LastModified = DateTimeOffset.FromUnixTimeMilliseconds(-1),
            CustomUploadTimestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123),
        };

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", options, Rig.Stop);

        var headers = rig.Far.Last("b2_upload_file").Headers;
        headers["X-Bz-Info-b2-cache-control"].ShouldBe("max-age%3D60");
        headers["X-Bz-Info-b2-content-disposition"].ShouldBe("attachment%3B%20filename%3D%22a.txt%22");
        headers["X-Bz-Info-b2-content-encoding"].ShouldBe("gzip");
        headers["X-Bz-Info-b2-content-language"].ShouldBe("de");
        headers["X-Bz-Info-b2-expires"].ShouldBe("Fri%2C%2002%20Jan%202026%2003%3A04%3A05%20GMT");
        headers["X-Bz-Info-src_last_modified_millis"].ShouldBe("-1");
        headers["X-Bz-Custom-Upload-Timestamp"].ShouldBe("1700000000123");
        headers.Keys.ShouldNotContain("Content-Encoding");
        headers.Keys.ShouldNotContain("Content-Disposition");
        headers.Keys.ShouldNotContain("Expires");
    }

    [Theory, Trait("Fact", "C49"), Trait("Need", "D8"), Trait("Need", "D9"), Trait("Need", "D10")]
    [InlineData("contentLength", "0")]
    [InlineData("contentLength", "99")]
    [InlineData("contentSha1", "\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"")]
    [InlineData("contentSha1", "null")]
    [InlineData("fileName", "\"b\"")]
    public async Task An_acknowledgement_of_something_else_is_no_success(string member, string value)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_upload_file", Answer.ChangedJson(json => json[member] = System.Text.Json.Nodes.JsonNode.Parse(value)));

        var failure = await Should.ThrowAsync<B2ChecksumException>(
            rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop)
        );

        failure.Message.ShouldContain("'a'");
        rig.Far.Count("b2_upload_file").ShouldBe(1);
    }

    [Theory, Trait("Fact", "C49"), Trait("Need", "D10")]
    [InlineData("contentLength", "1")]
    [InlineData("contentSha1", "\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"")]
    [InlineData("partNumber", "7")]
    public async Task An_acknowledgement_of_another_part_is_no_success(string member, string value)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_upload_part", Answer.ChangedJson(json => json[member] = System.Text.Json.Nodes.JsonNode.Parse(value)));

        await Should.ThrowAsync<B2ChecksumException>(rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop));

        rig.Far.Versions.ShouldBeEmpty();
    }

    [Theory, Trait("Fact", "C49"), Trait("Need", "D10")]
    [InlineData("contentLength", "1")]
    [InlineData("fileName", "\"other\"")]
    public async Task A_finished_file_that_is_not_the_one_is_no_success(string member, string value)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_finish_large_file", Answer.ChangedJson(json => json[member] = System.Text.Json.Nodes.JsonNode.Parse(value)));

        await Should.ThrowAsync<B2ChecksumException>(rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop));

        rig.Logs.Entries.ShouldNotContain(entry => entry.Id.Name == "UnfinishedFileLeft");
    }

    [Fact, Trait("Fact", "C41")]
    public async Task A_digest_that_the_caller_knows_is_held_against_the_bytes_of_a_small_file()
    {
        await using var rig = await Rig.StartAsync();
        var options = new UploadOptions { ContentSha1 = FarSide.HexSha1(Rig.Bytes(100, 2)) };

        await Should.ThrowAsync<B2ChecksumException>(rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", options, Rig.Stop));

        rig.Far.Uploads.ShouldBeEmpty();
    }

    [Theory, Trait("Fact", "C41"), Trait("Fact", "C59")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_digest_that_the_caller_knows_is_held_against_the_bytes_of_a_large_file(bool isOneShot)
    {
        await using var rig = await Rig.StartAsync();
        var options = new UploadOptions { ContentSha1 = FarSide.HexSha1(Rig.Bytes(25_000, 2)) };
        var upload = isOneShot
            ? rig.Bucket.UploadStreamAsync(new OneShotStream(Rig.Bytes(25_000)), "large", options, Rig.Stop)
            : rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", options, Rig.Stop);

        await Should.ThrowAsync<B2ChecksumException>(upload);

        rig.Far.Versions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(999)]
    [InlineData(5_000_000_001)]
    public async Task A_part_size_that_the_account_does_not_allow_is_refused(long partSize)
    {
        await using var rig = await Rig.StartAsync();

        var failure = await Should.ThrowAsync<ArgumentOutOfRangeException>(
            rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", new() { PartSize = partSize }, Rig.Stop)
        );

        failure.Message.ShouldContain("1000");
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_large_bodies_ask_before_they_are_sent()
    {
        await using var rig = await Rig.StartAsync(far => far.RecommendedPartSize = 10_000_000);

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(1_000), "small", cancellationToken: Rig.Stop);
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(2_000_000), "big", cancellationToken: Rig.Stop);

        rig.Far.Of("b2_upload_file").Select(sent => sent.ExpectsContinue).ShouldBe([false, true]);
    }
}
