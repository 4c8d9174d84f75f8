using System.Diagnostics;

namespace B2Sdk.Emulator.Tests.Control;

/// <summary>What is refused, reset or held up by a fault instead of being done.</summary>
public sealed class FaultTests(EmulatorFixture fixture) : FaultTest(fixture)
{
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
    public async Task A_delay_is_waited_before_anything_is_done()
    {
        var b2 = await NewAccountAsync();
        Add(b2, new() { Operation = "b2_list_buckets", Delay = TimeSpan.FromMilliseconds(120) });

        var started = Stopwatch.GetTimestamp();
        await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });

        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(115));
    }

    [Fact]
    public async Task A_call_that_is_not_let_in_meets_no_fault()
    {
        var b2 = await NewAccountAsync();
        var fault = Add(b2, new() { Operation = "b2_list_buckets", Status = 500 });

        (await b2.CallAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, token: "made up")).ShouldBeRefused(401);

        fault.Matched.ShouldBe(0);
    }

    private Task<WireReply> AuthorizeAgainAsync(B2Wire b2) => B2Wire.TryAuthorizeAsync(Emulator.Url, b2.KeyId, "a wrong key");
}
