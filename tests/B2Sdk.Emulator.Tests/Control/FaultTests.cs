using System.Diagnostics;

namespace B2Sdk.Emulator.Tests.Control;

/// <summary>What clients see of faults. Each befalls one account only, so that all share an emulator.</summary>
public sealed class FaultTests(EmulatorFixture fixture) : EmulatorTest(fixture, needsSteadiness: true)
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    [Fact]
    public async Task A_status_is_answered_with_code_message_and_retry_after_and_nothing_is_done()
    {
        var b2 = await NewAccountAsync();
        var fault = Add(
            b2,
            new()
            {
                Operation = "b2_create_bucket",
                Status = 429,
                Code = "too_many_requests",
                Message = "slow down",
                RetryAfter = "7",
                Count = 1,
            }
        );
        JsonObject Body() =>
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketName"] = NewBucketName(),
                ["bucketType"] = "allPrivate",
            };

        var refused = await b2.RefusedAsync("b2_create_bucket", Body(), 429, "too_many_requests");

        refused.Message.ShouldBe("slow down");
        refused.Header("Retry-After").ShouldBe("7");
        (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray().ShouldBeEmpty();
        await b2.OkAsync("b2_create_bucket", Body());
        (fault.Matched, fault.Fired).ShouldBe((1, 1));
    }

    [Fact]
    public async Task An_upload_can_be_refused_by_its_file_name_in_its_bucket()
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await b2.CreateBucketAsync(name);
        var other = await b2.CreateBucketAsync();
        Add(
            b2,
            new()
            {
                Operation = "b2_upload_file",
                Bucket = name,
                FileName = "ä b",
                Status = 503,
            }
        );

        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "ä b", Hello)).ShouldBeRefused(503, "service_unavailable");
        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "ä", Hello)).ShouldBeOk();
        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(other), "ä b", Hello)).ShouldBeOk();
    }

    [Fact]
    public async Task Every_operation_can_be_refused_and_no_other_is()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var large = await b2.StartLargeFileAsync(bucketId, "large");
        var target = await b2.UploadUrlAsync(bucketId);
        var partTarget = await b2.PartUrlAsync(large);
        var file = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));
        var bucketName = B2Wire.Text((await b2.BucketAsync(bucketId))["bucketName"]);
        var calls = new Dictionary<string, Func<Task<WireReply>>>
        {
            ["b2_upload_file"] = () => B2Wire.UploadAsync(target, "b", Hello),
            ["b2_upload_part"] = () => B2Wire.UploadPartAsync(partTarget, 1, Hello),
            ["b2_download_file_by_name"] = () => b2.DownloadByNameAsync(bucketName, "a"),
            ["b2_download_file_by_id"] = () => b2.DownloadByIdAsync(file),
            ["b2_authorize_account"] = () => AuthorizeAgainAsync(b2),
            ["b2_get_upload_part_url"] = () => b2.CallAsync("b2_get_upload_part_url", new() { ["fileId"] = large }),
            ["b2_list_file_names"] = () => b2.CallAsync("b2_list_file_names", new() { ["bucketId"] = bucketId }),
        };

        foreach (var operation in calls.Keys)
        {
            var fault = Add(
                b2,
                new()
                {
                    Operation = operation,
                    Status = 418,
                    Code = operation,
                }
            );
            foreach (var (called, call) in calls)
            {
                var reply = await call();
                (reply.Status == 418).ShouldBe(called == operation, $"{called}: {reply.Status}");
            }
            Emulator.Faults.Remove(fault.Id).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_lost_reply_loses_the_reply_and_nothing_else()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fault = Add(
            b2,
            new()
            {
                Operation = "b2_upload_file",
                LoseReply = true,
                Count = 1,
            }
        );
        var target = await b2.UploadUrlAsync(bucketId);

        await Should.ThrowAsync<HttpRequestException>(() => B2Wire.UploadAsync(target, "a", Hello));

        fault.Fired.ShouldBe(1);
        var stored = (await b2.NamesAsync(bucketId)).ShouldHaveSingleItem();
        stored["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1(Hello));
        Emulator
            .Journal.Read(new() { AccountId = b2.AccountId, Operation = "b2_upload_file" })
            .Entries.ShouldHaveSingleItem()
            .Status.ShouldBeNull();
    }

    [Fact]
    public async Task A_reset_is_a_reset_and_nothing_is_done()
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(
            b2,
            new()
            {
                Operation = "b2_upload_file",
                Reset = true,
                Count = 1,
            }
        );
        var target = await b2.UploadUrlAsync(bucketId);
        await using var raw = await RawConnection.OpenAsync(target.Url);

        await raw.SendAsync(RawConnection.UploadHead(target, "a", 5, B2Wire.Sha1(Hello)) + "hello");
        var (bytes, isClean) = await raw.ReadToEndAsync();

        bytes.ShouldBeEmpty();
        isClean.ShouldBeFalse();
        (await b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

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

    [Fact]
    public async Task Uploads_are_acknowledged_with_another_sha1_and_length()
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(
            b2,
            new()
            {
                Operation = "b2_upload_file",
                WrongSha1 = true,
                WrongLength = true,
                Count = 1,
            }
        );

        var answer = await b2.UploadAsync(bucketId, "ä😀");
        var stored = (await b2.NamesAsync(bucketId)).Single();

        answer["contentSha1"]!.GetValue<string>().ShouldNotBe(B2Wire.Sha1(Hello));
        answer["contentSha1"]!.GetValue<string>().Length.ShouldBe(40);
        answer["contentLength"]!.GetValue<long>().ShouldBe(6);
        answer["fileName"]!.GetValue<string>().ShouldBe("ä😀");
        stored["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1(Hello));
        stored["contentLength"]!.GetValue<long>().ShouldBe(5);
    }

    [Fact]
    public async Task Downloads_tell_another_sha1_or_are_a_byte_short()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var content = Random(300_000);
        var file = B2Wire.IdOf((await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", content)).ShouldBeOk().Json);
        Add(
            b2,
            new()
            {
                Operation = "b2_download_file_by_id",
                WrongSha1 = true,
                Count = 1,
            }
        );
        Add(
            b2,
            new()
            {
                Operation = "b2_download_file_by_id",
                WrongLength = true,
                Count = 1,
            }
        );

        var wrongSha1 = (await b2.DownloadByIdAsync(file)).ShouldBeOk();
        var wrongLength = (await b2.DownloadByIdAsync(file)).ShouldBeOk();
        var right = (await b2.DownloadByIdAsync(file)).ShouldBeOk();

        wrongSha1.Header("X-Bz-Content-Sha1").ShouldNotBe(B2Wire.Sha1(content));
        wrongSha1.Body.ShouldBe(content);
        wrongLength.Header("X-Bz-Content-Sha1").ShouldBe(B2Wire.Sha1(content));
        wrongLength.Body.ShouldBe(content[..^1]);
        right.Body.ShouldBe(content);
    }

    [Fact]
    public async Task Replies_are_empty_though_all_was_done()
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(
            b2,
            new()
            {
                EmptyReply = true,
                Operation = "b2_upload_file",
                Count = 1,
            }
        );
        Add(
            b2,
            new()
            {
                EmptyReply = true,
                Operation = "b2_download_file_by_id",
                Count = 1,
            }
        );

        var upload = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", Hello)).ShouldBeOk();
        var file = (await b2.NamesAsync(bucketId)).Single();
        var download = (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk();

        upload.Body.ShouldBeEmpty();
        download.Body.ShouldBeEmpty();
        (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task A_token_is_expired_and_stays_so()
    {
        var b2 = await NewAccountAsync();
        Add(
            b2,
            new()
            {
                Operation = "b2_list_buckets",
                ExpireToken = true,
                Count = 1,
            }
        );
        JsonObject Body() => new() { ["accountId"] = b2.AccountId };

        await b2.RefusedAsync("b2_list_buckets", Body(), 401, "expired_auth_token");

        await b2.RefusedAsync("b2_list_buckets", Body(), 401, "expired_auth_token");
    }

    [Theory]
    [InlineData("b2_get_upload_url", "storage_cap_exceeded")]
    [InlineData("b2_list_file_names", "transaction_cap_exceeded")]
    [InlineData("b2_start_large_file", "cap_exceeded")]
    public async Task Caps_are_exceeded_with_the_code_of_the_operation(string operation, string code)
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(b2, new() { Operation = operation, ExceedCap = true });
        var body = new JsonObject
        {
            ["bucketId"] = bucketId,
            ["fileName"] = "a",
            ["contentType"] = "text/plain",
        };

        await b2.RefusedAsync(operation, body, 403, code);
    }

    [Fact]
    public async Task A_download_cap_is_exceeded()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var file = await b2.UploadAsync(bucketId, "a");
        Add(b2, new() { Operation = "b2_download_file_by_id", ExceedCap = true });

        (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeRefused(403, "download_cap_exceeded");
    }

    [Fact]
    public async Task The_date_of_an_answer_is_ahead_or_behind()
    {
        var b2 = await NewAccountAsync();
        Add(b2, new() { DateSkew = TimeSpan.FromHours(-3), Operation = "b2_list_buckets" });
        Add(
            b2,
            new()
            {
                DateSkew = TimeSpan.FromDays(2),
                Status = 500,
                Operation = "b2_list_keys",
            }
        );

        var behind = await b2.CallAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
        var ahead = await b2.CallAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId });

        var now = Emulator.Clock.GetUtcNow();
        behind.ShouldBeOk().Headers.Date!.Value.ShouldBe(now.AddHours(-3), TimeSpan.FromMinutes(1));
        ahead.ShouldBeRefused(500).Headers.Date!.Value.ShouldBe(now.AddDays(2), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_delay_is_waited_before_anything_is_done()
    {
        var b2 = await NewAccountAsync();
        Add(b2, new() { Operation = "b2_list_buckets", Delay = TimeSpan.FromMilliseconds(120) });

        var started = Stopwatch.GetTimestamp();
        await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });

        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(115));
    }

    [Theory]
    [InlineData(FaultyPage.Empty)]
    [InlineData(FaultyPage.Half)]
    [InlineData(FaultyPage.Duplicate)]
    public async Task Listings_of_odd_pages_are_whole_to_those_who_follow_the_cursors(FaultyPage page)
    {
        var (b2, bucketId) = await NewBucketAsync();
        foreach (var name in (string[])["a", "b/1", "b/2", "c", "c", "d", "e"])
        {
            await b2.UploadAsync(bucketId, name);
        }
        var fault = Add(b2, new() { Page = page, Every = page == FaultyPage.Empty ? 2 : 1 });

        var names = await b2.PagesAsync(
            "b2_list_file_names",
            new()
            {
                ["bucketId"] = bucketId,
                ["delimiter"] = "/",
                ["maxFileCount"] = 3,
            }
        );
        var versions = await b2.PagesAsync("b2_list_file_versions", new() { ["bucketId"] = bucketId, ["maxFileCount"] = 4 });

        fault.Fired.ShouldBeGreaterThan(2);
        names.SelectMany(rows => rows).Select(B2Wire.NameOf).Distinct().ShouldBe(["a", "b/", "c", "d", "e"]);
        versions.SelectMany(rows => rows).Select(B2Wire.IdOf).Distinct().Count().ShouldBe(7);
        (page == FaultyPage.Empty).ShouldBe(names.Concat(versions).Any(rows => rows.Count == 0));
        (page == FaultyPage.Duplicate).ShouldBe(versions.Sum(rows => rows.Count) > 7);
    }

    [Fact]
    public async Task A_call_that_is_not_let_in_meets_no_fault()
    {
        var b2 = await NewAccountAsync();
        var fault = Add(b2, new() { Operation = "b2_list_buckets", Status = 500 });

        (await b2.CallAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, token: "made up")).ShouldBeRefused(401);

        fault.Matched.ShouldBe(0);
    }

    [Fact]
    public async Task Faults_are_added_shown_and_ended_over_the_wire()
    {
        await using var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        var control = new ControlWire(emulator.Url);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);

        var added = (
            await control.PostAsync("faults", """{"operation":"b2_list_buckets","status":503,"retryAfter":"1","count":1,"delay":"5ms"}""")
        )
            .ShouldBeOk()
            .Json;
        (await control.PostAsync("faults", """{"operation":"b2_list_file_names","page":"empty","every":2}""")).ShouldBeOk();
        (await control.PostAsync("faults", """{"cutAfter":10,"body":"request"}""")).ShouldBeOk();
        await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, 503);
        var listed = (await control.GetAsync("faults")).ShouldBeOk().Json["faults"]!.AsArray();
        var one = (await control.GetAsync("faults/f1")).ShouldBeOk().Json;

        B2Wire.Text(added["id"]).ShouldBe("f1");
        listed.Count.ShouldBe(3);
        one["matched"]!.GetValue<long>().ShouldBe(1);
        one["fired"]!.GetValue<long>().ShouldBe(1);
        one["isSpent"]!.GetValue<bool>().ShouldBeTrue();
        one["fault"]!["delay"]!.GetValue<string>().ShouldBe("5ms");
        listed[1]!["fault"]!["page"]!.GetValue<string>().ShouldBe("empty");
        listed[2]!["fault"]!["body"]!.GetValue<string>().ShouldBe("request");
        (await control.DeleteAsync("faults/f1")).ShouldBeOk();
        (await control.GetAsync("faults/f1")).ShouldBeRefused(404, "not_found");
        (await control.DeleteAsync("faults")).ShouldBeOk();
        emulator.Faults.Active.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"operation":"b2_upload_file"}""", "It does nothing")]
    [InlineData("""{"operation":"upload","status":500}""", "none of B2's")]
    [InlineData("""{"status":500,"retries":3}""", "retries is not known here")]
    [InlineData("""{"status":"500x"}""", "status is not known here, or not of the right type")]
    [InlineData("""{"page":"odd"}""", "page is not known here, or not of the right type")]
    public async Task A_fault_that_makes_no_sense_is_refused_over_the_wire(string body, string why)
    {
        (await new ControlWire(Emulator.Url).PostAsync("faults", body)).ShouldBeRefused(400, "bad_request").Message.ShouldContain(why);
    }

    private ActiveFault Add(B2Wire b2, Fault fault) => Emulator.Faults.Add(fault with { AccountId = b2.AccountId });

    private Task<WireReply> AuthorizeAgainAsync(B2Wire b2) => B2Wire.TryAuthorizeAsync(Emulator.Url, b2.KeyId, "a wrong key");

    private static byte[] Random(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
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
