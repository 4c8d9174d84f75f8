namespace B2Sdk.Emulator.Tests;

/// <summary>Uploads that overlap, break off, or promise more than they send.</summary>
public sealed class UploadConcurrencyTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    [Fact, Trait("Fact", "S116")]
    public async Task A_second_upload_on_a_busy_url_is_refused()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        await using var slow = await RawConnection.OpenAsync(target.Url);
        await slow.BeginUploadAsync(target, "slow", 5, B2Wire.Sha1(Hello));
        await slow.SendAsync("he");

        var second = await B2Wire.UploadAsync(target, "second", Hello);
        await slow.SendAsync("llo");
        var (status, body) = await slow.ReadReplyAsync();

        second.ShouldBeRefused(400, "auth_token_limit").Message.ShouldBe($"more than one upload using auth token {target.Token}");
        status.ShouldBe(200, body);
        (await b2.VersionsAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["slow"]);
    }

    [Fact, Trait("Fact", "S116")]
    public async Task A_second_part_on_a_busy_url_is_refused()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "large");
        var target = await b2.PartUrlAsync(fileId);
        await using var slow = await RawConnection.OpenAsync(target.Url);
        await slow.BeginUploadAsync(target, "unused", 5, B2Wire.Sha1(Hello));

        var second = await B2Wire.UploadPartAsync(target, 2, Hello);
        await slow.SendAsync("hello");
        var (status, body) = await slow.ReadReplyAsync();

        second.ShouldBeRefused(400, "auth_token_limit");
        status.ShouldBe(200, body);
        var parts = await b2.OkAsync("b2_list_parts", new() { ["fileId"] = fileId });
        parts["parts"]!.AsArray().Select(p => p!["partNumber"]!.GetValue<int>()).ShouldBe([1]);
    }

    [Fact, Trait("Fact", "S116")]
    public async Task However_many_crowd_one_url_only_what_was_acknowledged_is_stored()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        var content = B2Wire.Bytes(200_000, 7);

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => B2Wire.UploadAsync(target, $"{i:00}", content)));

        foreach (var refusal in replies.Where(r => r.Status != 200))
        {
            // Once an upload on it has failed, a server may also take the URL for dead.
            (refusal.Status, refusal.Code).ShouldBeOneOf((400, "auth_token_limit"), (401, "bad_auth_token"), (401, "expired_auth_token"));
        }

        var acknowledged = replies.Where(r => r.Status == 200).Select(r => B2Wire.NameOf(r.Json)).Order(StringComparer.Ordinal);
        (await b2.NamesAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(acknowledged);
        replies.ShouldContain(r => r.Status == 200);
    }

    [Fact, Trait("Fact", "S117")]
    public async Task A_url_is_free_again_once_its_upload_is_answered()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        await using var one = await RawConnection.OpenAsync(target.Url);
        await using var other = await RawConnection.OpenAsync(target.Url);

        for (var i = 0; i < 200; i++)
        {
            // Two connections by turns, so that nothing but the answer tells that the upload before is over.
            var connection = i % 2 == 0 ? one : other;
            await connection.SendAsync(RawConnection.UploadHead(target, $"{i:000}", 5, B2Wire.Sha1(Hello)) + "hello");
            var (status, body) = await connection.ReadReplyAsync();
            status.ShouldBe(200, $"upload {i}: {body}");
        }
    }

    [Fact]
    public async Task A_refusal_reaches_a_client_that_is_still_sending()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        var content = B2Wire.Bytes(8_000_000, 1);

        (await B2Wire.UploadAsync(target with { Token = "made-up" }, "a", content)).ShouldBeRefused(401, "bad_auth_token");
        (await B2Wire.UploadAsync(target, "a", content, ("X-Bz-Info-b2-unknown", "x"))).ShouldBeRefused(400, "bad_request");
    }

    [Fact]
    public async Task Different_urls_do_not_disturb_each_other()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async i => await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), $"{i:00}", B2Wire.Bytes(50_000, (byte)i)))
        );

        replies.ShouldAllBe(r => r.Status == 200);
        (await b2.NamesAsync(bucketId)).Count.ShouldBe(12);
    }

    [Theory]
    [InlineData("hel")]
    [InlineData("")]
    public async Task An_upload_that_breaks_off_stores_nothing(string sent)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        await using (var broken = await RawConnection.OpenAsync(target.Url))
        {
            await broken.BeginUploadAsync(target, "broken", 5, B2Wire.Sha1(Hello));
            await broken.SendAsync(sent);
            await broken.HangUpAsync();
        }

        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "whole", Hello)).ShouldBeOk();
    }

    [Fact]
    public async Task A_part_that_breaks_off_is_no_part()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = await b2.StartLargeFileAsync(bucketId, "large");
        var target = await b2.PartUrlAsync(fileId);
        await using (var broken = await RawConnection.OpenAsync(target.Url))
        {
            await broken.BeginUploadAsync(target, "unused", 5, B2Wire.Sha1(Hello));
            await broken.SendAsync("hell");
            await broken.HangUpAsync();
        }

        (await b2.OkAsync("b2_list_parts", new() { ["fileId"] = fileId }))["parts"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upload_of_more_than_the_limit_is_refused_before_it_is_sent()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        await using var connection = await RawConnection.OpenAsync(target.Url);

        await connection.SendAsync(RawConnection.UploadHead(target, "huge", 6_000_000_000, B2Wire.Sha1(Hello), "Expect: 100-continue\r\n"));
        var (status, body) = await connection.ReadReplyAsync();

        status.ShouldBe(400, body);
        JsonNode.Parse(body)!["code"]!.GetValue<string>().ShouldBe("bad_request");
    }

    [Fact, Trait("Fact", "S104")]
    public async Task A_chunked_upload_is_refused()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        await using var connection = await RawConnection.OpenAsync(target.Url);
        var head = RawConnection
            .UploadHead(target, "chunked", 5, B2Wire.Sha1(Hello))
            .Replace("Content-Length: 5", "Transfer-Encoding: chunked", StringComparison.Ordinal);

        await connection.SendAsync(head + "5\r\nhello\r\n0\r\n\r\n");
        var (status, body) = await connection.ReadReplyAsync();

        status.ShouldBeOneOf([400, 411], body);
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Theory, Trait("Fact", "S108")]
    [InlineData("a\u0001b")]
    [InlineData("a\u007fb")]
    [InlineData("caf\u00e9")]
    [InlineData("caf\u00c3\u00a9")]
    public async Task Raw_control_and_foreign_bytes_in_the_name_header_are_refused(string name)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        await using var connection = await RawConnection.OpenAsync(target.Url);

        await connection.SendAsync(RawConnection.UploadHead(target, name, 5, B2Wire.Sha1(Hello)) + "hello");
        var (status, body) = await connection.ReadReplyAsync();

        status.ShouldBe(400, body);
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }
}
