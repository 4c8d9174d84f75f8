namespace B2Sdk.Emulator.Tests;

/// <summary>The headers of an upload beyond name and digest: file info, forbidden ones, test modes.</summary>
public sealed class UploadHeaderTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact, Trait("Fact", "S110")]
    public async Task Info_keys_are_lower_case()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var file = await b2.UploadAsync(bucketId, "a", headers: [("X-Bz-Info-Author_Name", "A"), ("x-bz-info-b!#$%&'*.^`|~+", "B")]);

        JsonNode
            .DeepEquals(file["fileInfo"], new JsonObject { ["author_name"] = "A", ["b!#$%&'*.^`|~+"] = "B" })
            .ShouldBeTrue(file["fileInfo"]!.ToJsonString());
    }

    [Fact, Trait("Fact", "S110")]
    public async Task Info_keys_in_json_are_lower_cased_too()
    {
        var (b2, bucketId) = await NewBucketAsync();
        JsonObject Start(JsonObject info) =>
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = "large",
                ["contentType"] = "text/plain",
                ["fileInfo"] = info,
            };

        var file = await b2.OkAsync("b2_start_large_file", Start(new() { ["Author"] = "Zoë" }));

        file["fileInfo"]!["author"]!.GetValue<string>().ShouldBe("Zoë");
        await b2.RefusedAsync("b2_start_large_file", Start(new() { ["with blank"] = "x" }), 400, "bad_request");
        await b2.RefusedAsync("b2_start_large_file", Start(new() { [""] = "x" }), 400, "bad_request");
        // The sign for Kelvin, whose lower case is a plain k.
        await b2.RefusedAsync("b2_start_large_file", Start(new() { ["\u212a"] = "x" }), 400, "bad_request");
        await b2.RefusedAsync("b2_start_large_file", Start(new() { ["b2-unknown"] = "x" }), 400, "bad_request");
        await b2.RefusedAsync("b2_start_large_file", Start(new() { [new string('k', 51)] = "x" }), 400, "bad_request");
    }

    [Theory, Trait("Fact", "S111")]
    [InlineData("b2-unknown", "x")]
    [InlineData("B2-Content", "x")]
    [InlineData("b2-expires", "tomorrow")]
    [InlineData("b2-expires", "2026-02-02")]
    [InlineData("b2-expires", "2026-02-02T03:40:00Z")]
    [InlineData("b2-cache-control", "max age")]
    [InlineData("b2-cache-control", "max-age=%22")]
    [InlineData("b2-cache-control", "%3D,%3D")]
    public async Task A_reserved_info_key_is_refused(string key, string value)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", [1], ($"X-Bz-Info-{key}", value));

        reply.ShouldBeRefused(400, "bad_request");
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("b2-expires", "Mon, 02 Feb 2026 03:40:00 GMT")]
    [InlineData("b2-expires", "Monday, 02-Feb-26 03:40:00 GMT")]
    [InlineData("b2-expires", "Mon Feb  2 03:40:00 2026")]
    [InlineData("b2-expires", "Thu Feb 12 03:40:00 2026")]
    [InlineData("b2-cache-control", "max-age=3600, must-revalidate")]
    [InlineData("b2-cache-control", "private=\"set-cookie, x\", max-age=0")]
    public async Task A_header_of_downloads_may_have_every_form_of_http(string key, string value)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var file = await b2.UploadAsync(bucketId, "a", headers: ($"X-Bz-Info-{key}", Uri.EscapeDataString(value)));

        file["fileInfo"]![key]!.GetValue<string>().ShouldBe(value);
    }

    [Theory]
    [InlineData(50, 200)]
    [InlineData(51, 400)]
    public async Task An_info_key_has_at_most_fifty_bytes(int length, int status)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", [1], ($"X-Bz-Info-{new string('k', length)}", "x"));

        reply.Status.ShouldBe(status, reply.Text);
    }

    [Theory, Trait("Fact", "S112")]
    [InlineData(6_500, 200)]
    [InlineData(7_001, 400)]
    public async Task Name_and_info_have_seven_thousand_bytes_together(int length, int status)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.UploadAsync(
            await b2.UploadUrlAsync(bucketId),
            "a",
            [1],
            ("X-Bz-Info-one", new string('x', length / 2)),
            ("X-Bz-Info-two", new string('x', length - length / 2))
        );

        reply.Status.ShouldBe(status, reply.Text);
    }

    [Theory, Trait("Fact", "S113")]
    [InlineData("Content-Disposition", "attachment")]
    [InlineData("Content-Encoding", "gzip")]
    [InlineData("Content-Language", "de")]
    [InlineData("Content-Location", "/a")]
    [InlineData("Content-Range", "bytes 0-0/1")]
    [InlineData("Expires", "Mon, 02 Feb 2026 03:40:00 GMT")]
    public async Task A_header_meant_for_the_download_is_refused(string header, string value)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", [1], (header, value));

        reply.ShouldBeRefused(400, "bad_request");
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Theory, Trait("Fact", "S124")]
    [InlineData("99999999999999")]
    [InlineData("-1")]
    [InlineData("1500000000000.5")]
    [InlineData("yesterday")]
    public async Task A_timestamp_in_the_future_or_no_timestamp_is_refused(string timestamp)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", [1], ("X-Bz-Custom-Upload-Timestamp", timestamp));

        reply.ShouldBeRefused(400, "custom_timestamp_invalid");
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S124")]
    public async Task A_timestamp_of_ones_own_is_the_versions_place()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.UploadAsync(bucketId, "a", "now");

        var reply = await B2Wire.UploadAsync(
            await b2.UploadUrlAsync(bucketId),
            "a",
            "then"u8.ToArray(),
            ("X-Bz-Custom-Upload-Timestamp", "1500000000000")
        );
        var started = await b2.OkAsync(
            "b2_start_large_file",
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = "a",
                ["contentType"] = "text/plain",
                ["customUploadTimestamp"] = 1_400_000_000_000,
            }
        );

        reply.ShouldBeOk().Json["uploadTimestamp"]!.GetValue<long>().ShouldBe(1_500_000_000_000);
        started["uploadTimestamp"]!.GetValue<long>().ShouldBe(1_400_000_000_000);
        (await b2.VersionsAsync(bucketId)).Select(row => row["contentLength"]!.GetValue<long>()).ShouldBe([3, 4, 0]);
    }

    [Fact, Trait("Fact", "S125")]
    public async Task An_account_that_may_not_state_timestamps_is_told_so()
    {
        await using var emulator = await B2Emulator.StartAsync(new() { AllowCustomUploadTimestamps = false }, Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();

        var reply = await B2Wire.UploadAsync(
            await b2.UploadUrlAsync(bucketId),
            "a",
            [1],
            ("X-Bz-Custom-Upload-Timestamp", "1500000000000")
        );

        reply.ShouldBeRefused(400, "custom_timestamp_not_allowed");
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S121")]
    public async Task Test_mode_fails_some_uploads()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var replies = new List<WireReply>();

        for (var i = 0; i < 20; i++)
        {
            replies.Add(
                await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), $"{i:00}", [1], ("X-Bz-Test-Mode", "fail_some_uploads"))
            );
        }

        var stored = replies.Count(r => r.Status == 200);
        stored.ShouldBeInRange(1, 19);
        replies.Where(r => r.Status != 200).ShouldAllBe(r => r.Status == 408 || r.Status == 429 || r.Status >= 500);
        (await b2.VersionsAsync(bucketId)).Count.ShouldBe(stored);
    }

    [Fact, Trait("Fact", "S122")]
    public async Task Test_mode_exceeds_the_cap()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var upload = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", [1], ("X-Bz-Test-Mode", "force_cap_exceeded"));
        var start = await b2.CallAsync(
            "b2_start_large_file",
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = "a",
                ["contentType"] = "text/plain",
            },
            testMode: "force_cap_exceeded"
        );

        upload.ShouldBeRefused(403, "cap_exceeded");
        start.ShouldBeRefused(403, "cap_exceeded");
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S123")]
    public async Task Test_mode_expires_some_tokens()
    {
        var account = await NewEmulatorAccountAsync();
        var (good, expired) = (0, 0);

        for (var i = 0; i < 20; i++)
        {
            var b2 = await B2Wire.AuthorizeAsync(Emulator.Url, account);
            for (var call = 0; call < 3; call++)
            {
                var reply = await b2.CallAsync(
                    "b2_list_buckets",
                    new() { ["accountId"] = b2.AccountId },
                    testMode: "expire_some_account_authorization_tokens"
                );
                if (reply.Status != 200)
                {
                    reply.ShouldBeRefused(401, "expired_auth_token");
                    expired++;
                    break;
                }

                good++;
            }
        }

        good.ShouldBeGreaterThan(0);
        expired.ShouldBeGreaterThan(0);
    }

    [Theory, Trait("Fact", "S123")]
    [InlineData("header")]
    [InlineData("query")]
    public async Task Test_mode_expires_tokens_of_downloads_too(string place)
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fileId = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));
        var bucketName = B2Wire.Text((await b2.BucketAsync(bucketId))["bucketName"]);
        var query = place == "query" ? $"Authorization={Uri.EscapeDataString(b2.Token)}" : "";
        var token = place == "query" ? null : "";
        (string, string) mode = ("X-Bz-Test-Mode", "expire_some_account_authorization_tokens");

        var replies = new List<WireReply>();
        while (replies.Count < 40 && replies.All(reply => reply.Status == 200))
        {
            replies.Add(await b2.DownloadByNameAsync(bucketName, "a", query, token, headers: mode));
            replies.Add(await b2.DownloadByIdAsync(fileId, query, token, headers: mode));
        }

        replies.ShouldContain(reply => reply.Status == 401 && reply.Code == "expired_auth_token");
        (await b2.CallAsync("b2_get_file_info", new() { ["fileId"] = fileId })).ShouldBeRefused(401, "expired_auth_token");
    }

    [Fact]
    public async Task An_unknown_test_mode_is_ignored()
    {
        var (b2, bucketId) = await NewBucketAsync();

        await b2.UploadAsync(bucketId, "a", headers: [("X-Bz-Test-Mode", "make_coffee")]);
    }
}
