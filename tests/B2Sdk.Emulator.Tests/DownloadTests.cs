namespace B2Sdk.Emulator.Tests;

/// <summary>Downloads by name and by id: headers, ranges, refusals.</summary>
public sealed class DownloadTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact, Trait("Fact", "S176")]
    public async Task A_public_bucket_asks_for_no_token()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync("allPublic");
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a b.txt"));

        (await b2.DownloadByNameAsync(name, "a b.txt", token: null)).ShouldBeOk().Text.ShouldBe("hello");
        (await b2.DownloadByIdAsync(id, token: null)).ShouldBeOk().Text.ShouldBe("hello");
        (await b2.DownloadByNameAsync(name, "a b.txt")).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "no such file", token: null)).ShouldBeRefused(404, "not_found");
    }

    [Fact, Trait("Fact", "S177")]
    public async Task A_private_bucket_asks_for_one()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a.txt"));

        (await b2.DownloadByNameAsync(name, "a.txt", token: null)).ShouldBeRefused(401, "missing_auth_token");
        (await b2.DownloadByIdAsync(id, token: null)).ShouldBeRefused(401, "missing_auth_token");
    }

    [Fact]
    public async Task A_bucket_made_private_is_private_at_once()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync("allPublic");
        await b2.UploadAsync(bucketId, "a.txt");
        await b2.OkAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["bucketType"] = "allPrivate",
            }
        );

        (await b2.DownloadByNameAsync(name, "a.txt", token: null)).ShouldBeRefused(401);
    }

    [Fact]
    public async Task Headers_tell_all_about_the_file()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        var file = await b2.UploadAsync(
            bucketId,
            "docs/ä + b.txt",
            headers: [("X-Bz-Info-author", "Zo%C3%AB"), ("X-Bz-Info-src_last_modified_millis", "1769999999123")]
        );

        var reply = await b2.DownloadByNameAsync(name, "docs/ä + b.txt");

        reply.ShouldBeOk();
        reply.Header("Accept-Ranges").ShouldBe("bytes");
        reply.Header("Content-Length").ShouldBe("5");
        reply.Header("Content-Type").ShouldBe("text/plain");
        reply.Header("X-Bz-File-Id").ShouldBe(B2Wire.IdOf(file));
        reply.Header("X-Bz-Content-Sha1").ShouldBe(B2Wire.Text(file["contentSha1"]));
        reply.Header("X-Bz-Upload-Timestamp").ShouldBe(file["uploadTimestamp"]!.ToJsonString());
        reply.Header("X-Bz-Info-author").ShouldBe("Zo%C3%AB");
        reply.Header("X-Bz-Info-src_last_modified_millis").ShouldBe("1769999999123");
        reply.Header("ETag").ShouldBeNull();
        reply.Header("Date").ShouldNotBeNull();
        reply.Header("X-Bz-Server-Side-Encryption").ShouldBeNull();
        reply.Header("X-Bz-Replication-Status").ShouldBeNull();
    }

    [Theory, Trait("Fact", "S189")]
    [InlineData("docs/a + b.txt", "docs/a%20%2B%20b.txt")]
    [InlineData("ü", "%C3%BC")]
    [InlineData("100%", "100%25")]
    [InlineData("a\"b", "a%22b")]
    [InlineData("a~b-c_d.e", "a~b-c_d.e")]
    public async Task The_name_is_percent_encoded(string fileName, string header)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, fileName));

        (await b2.DownloadByIdAsync(id)).Header("X-Bz-File-Name").ShouldBe(header);
    }

    [Theory, Trait("Fact", "S186"), Trait("Fact", "S187")]
    [InlineData("bytes=1-3", "123", "bytes 1-3/10")]
    [InlineData("bytes=0-0", "0", "bytes 0-0/10")]
    [InlineData("bytes=5-", "56789", "bytes 5-9/10")]
    [InlineData("bytes=5-999", "56789", "bytes 5-9/10")]
    [InlineData("bytes=9-9", "9", "bytes 9-9/10")]
    [InlineData("bytes=-3", "789", "bytes 7-9/10")]
    [InlineData("bytes=-100", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=5-99999999999999999999", "56789", "bytes 5-9/10")]
    [InlineData("bytes=-99999999999999999999", "0123456789", "bytes 0-9/10")]
    public async Task A_range_is_a_part_of_the_file(string range, string content, string contentRange)
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        var file = await b2.UploadAsync(bucketId, "a", "0123456789");

        WireReply[] replies =
        [
            await b2.DownloadByNameAsync(name, "a", headers: ("Range", range)),
            await b2.DownloadByIdAsync(B2Wire.IdOf(file), headers: ("Range", range)),
        ];

        foreach (var reply in replies)
        {
            reply.Status.ShouldBe(206, reply.Text);
            reply.Text.ShouldBe(content);
            reply.Header("Content-Range").ShouldBe(contentRange);
            reply.Header("Content-Length").ShouldBe($"{content.Length}");
            reply.Header("X-Bz-Content-Sha1").ShouldBe(B2Wire.Text(file["contentSha1"]));
        }
    }

    [Theory, Trait("Fact", "S187")]
    [InlineData("0123456789", "bytes=10-")]
    [InlineData("0123456789", "bytes=10-20")]
    [InlineData("0123456789", "bytes=99999999999999999999-")]
    [InlineData("0123456789", "bytes=x-y")]
    [InlineData("", "bytes=0-")]
    [InlineData("", "bytes=0-0")]
    public async Task A_range_outside_the_file_is_refused(string content, string range)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a", content));

        (await b2.DownloadByIdAsync(id, headers: ("Range", range))).ShouldBeRefused(416, "range_not_satisfiable");
    }

    [Fact, Trait("Fact", "S187")]
    public async Task Two_ranges_in_two_headers_are_two_ranges()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        await b2.UploadAsync(bucketId, "a", "0123456789");
        await using var connection = await RawConnection.OpenAsync(b2.Realm);

        await connection.SendAsync(
            $"GET /file/{name}/a HTTP/1.1\r\nHost: a\r\nAuthorization: {b2.Token}\r\nRange: bytes=0-1\r\nRange: bytes=3-4\r\n\r\n"
        );

        (await connection.ReadReplyAsync()).Status.ShouldBe(416);
    }

    [Fact]
    public async Task A_range_of_other_things_is_no_range()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));

        (await b2.DownloadByIdAsync(id, headers: ("Range", "lines=1-2"))).ShouldBeOk().Text.ShouldBe("hello");
        (await b2.DownloadByIdAsync(id, headers: ("If-None-Match", "*"))).ShouldBeOk().Text.ShouldBe("hello");
    }

    [Fact, Trait("Fact", "S176")]
    public async Task A_good_token_takes_nothing_away_from_what_is_public()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync("allPublic");
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));
        var stranger = await NewAccountAsync();
        var other = await b2.WithKeyAsync(["listBuckets"], [await b2.CreateBucketAsync()]);

        foreach (var token in (string[])[stranger.Token, other.Token])
        {
            (await b2.DownloadByNameAsync(name, "a", token: token)).ShouldBeOk();
            (await b2.DownloadByIdAsync(id, token: token)).ShouldBeOk();
        }
        (await b2.DownloadByNameAsync(name, "a", token: "made-up")).ShouldBeRefused(401, "bad_auth_token");
        (await b2.DownloadByIdAsync(id, token: "made-up")).ShouldBeRefused(401, "bad_auth_token");
    }

    [Theory, Trait("Fact", "S188")]
    [InlineData("")]
    [InlineData("bytes=1-3")]
    public async Task Head_and_get_have_the_same_headers(string range)
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a", headers: [("X-Bz-Info-author", "Zoe")]));
        (string, string)[] headers = range.Length == 0 ? [] : [("Range", range)];
        static IEnumerable<string> Lines(WireReply reply) =>
            reply
                .Headers.Concat(reply.ContentHeaders)
                .Where(h => h.Key != "Date")
                .Select(h => $"{h.Key}: {string.Join(", ", h.Value)}")
                .Order(StringComparer.Ordinal);

        var byName = await b2.DownloadByNameAsync(name, "a", headers: headers);
        var headByName = await b2.DownloadByNameAsync(name, "a", method: HttpMethod.Head, headers: headers);
        var byId = await b2.DownloadByIdAsync(id, headers: headers);
        var headById = await b2.DownloadByIdAsync(id, method: HttpMethod.Head, headers: headers);

        headByName.Status.ShouldBe(byName.Status);
        Lines(headByName).ShouldBe(Lines(byName));
        Lines(headById).ShouldBe(Lines(byId));
        (headByName.Body.Length, headById.Body.Length).ShouldBe((0, 0));
    }

    [Fact, Trait("Fact", "S192")]
    public async Task What_is_not_there_is_not_found()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        await b2.UploadAsync(bucketId, "dir/a.txt");

        (await b2.DownloadByNameAsync(NewBucketName(), "dir/a.txt")).ShouldBeRefused(404, "not_found");
        (await b2.DownloadByNameAsync(name, "no such file")).ShouldBeRefused(404, "not_found");
        (await b2.DownloadByNameAsync(name, "dir/")).ShouldBeRefused(404, "not_found");
        (await b2.DownloadByNameAsync(name, "dir/a.TXT")).ShouldBeRefused(404, "not_found");
        (await b2.DownloadByIdAsync("nonsense")).ShouldBeRefused(400, "bad_request");
        (await b2.DownloadAsync("/b2api/v4/b2_download_file_by_id")).ShouldBeRefused(400, "bad_request");
    }

    [Fact]
    public async Task A_name_in_the_path_may_be_encoded_in_any_way()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        await b2.UploadAsync(bucketId, "a/b c.txt");

        foreach (var path in (string[])["a/b%20c.txt", "a%2Fb+c.txt", "a/b%20c%2etxt?", "%61/b%20c.txt"])
        {
            (await b2.DownloadAsync($"/file/{name}/{path}")).ShouldBeOk().Text.ShouldBe("hello", path);
        }

        (await b2.DownloadAsync($"/file/{name.ToUpperInvariant()}/a/b%20c.txt")).ShouldBeOk();
        (await b2.DownloadAsync($"/file/{name}/%FF")).ShouldBeRefused(400, "bad_request");
    }

    [Fact]
    public async Task By_id_may_be_posted()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));

        var reply = await b2.CallAsync("b2_download_file_by_id", new() { ["fileId"] = id });

        reply.ShouldBeOk().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task A_post_may_name_the_file_in_its_query()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));

        var reply = await b2.DownloadByIdAsync(id, "b2ContentType=a/b", method: HttpMethod.Post, headers: ("Range", "bytes=1-2"));

        (reply.Status, reply.Text, reply.Header("Content-Type")).ShouldBe((206, "el", "a/b"));
    }

    [Fact, Trait("Fact", "S183")]
    public async Task A_post_may_change_the_headers_in_its_body()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));

        var reply = await b2.CallAsync(
            "b2_download_file_by_id",
            new()
            {
                ["fileId"] = id,
                ["b2ContentType"] = "a/b",
                ["b2ContentDisposition"] = null,
            }
        );

        reply.ShouldBeOk().Header("Content-Type").ShouldBe("a/b");
        reply.Header("Content-Disposition").ShouldBeNull();
    }

    [Fact]
    public async Task Content_that_says_it_is_compressed_is_left_alone()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a", headers: [("X-Bz-Info-b2-content-encoding", "gzip")]));

        var reply = await b2.DownloadByIdAsync(id, headers: ("Accept-Encoding", "gzip"));

        reply.ShouldBeOk().Text.ShouldBe("hello");
        reply.Header("Content-Encoding").ShouldBe("gzip");
    }

    private async Task<(B2Wire B2, string Name, string BucketId)> NewNamedBucketAsync(string type = "allPrivate")
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        return (b2, name, await b2.CreateBucketAsync(name, type));
    }
}
