using System.Reflection;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Tests.Control;

/// <summary>Rules of B2 that are switched off by name, each with an emulator that keeps the rule beside one that does not.</summary>
public sealed class LenientTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    [Fact]
    public async Task An_unknown_rule_is_no_start_and_the_known_ones_are_listed()
    {
        var refused = await Should.ThrowAsync<ArgumentException>(() => StartAsync("sha1", "shaone"));

        refused.Message.ShouldContain("'shaone'");
        foreach (var (name, _) in Leniency.Rules)
        {
            refused.Message.ShouldContain(name);
        }
    }

    [Fact]
    public void Every_rule_is_documented_and_in_order()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "emulator.md"));

        foreach (var (name, effect) in Leniency.Rules)
        {
            page.ShouldContain($"| `{name}` | {effect} |");
        }
        Leniency.Rules.Select(rule => rule.Name).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_wrong_sha1_is_taken_and_the_right_one_kept()
    {
        await using var lenient = await StartAsync("sha1");
        var (b2, bucketId) = await NewBucketAsync(lenient);
        var wrong = ("X-Bz-Content-Sha1", new string('0', 40));

        var answer = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", Hello, wrong)).ShouldBeOk().Json;

        answer["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1(Hello));
        var (strict, strictId) = await NewBucketAsync();
        (await B2Wire.UploadAsync(await strict.UploadUrlAsync(strictId), "a", Hello, wrong)).ShouldBeRefused(400, "bad_request");
    }

    [Fact]
    public async Task An_upload_url_takes_several_uploads_at_once()
    {
        await using var lenient = await StartAsync("upload-token-concurrency");
        var (b2, bucketId) = await NewBucketAsync(lenient);
        var target = await b2.UploadUrlAsync(bucketId);
        await using var slow = await RawConnection.OpenAsync(target.Url);
        await slow.BeginUploadAsync(target, "slow", 5, B2Wire.Sha1(Hello));

        (await B2Wire.UploadAsync(target, "quick", Hello)).ShouldBeOk();
        await slow.SendAsync("hello");

        (await slow.ReadReplyAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Parts_may_have_any_size()
    {
        await using var lenient = await StartAsync("part-minimum");
        var (b2, bucketId) = await NewBucketAsync(lenient);

        (await b2.UploadLargeFileAsync(bucketId, "large", [1], [2], [3]))["contentLength"]!.GetValue<long>().ShouldBe(3);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("B2-bucket_of ours")]
    public async Task Buckets_may_have_any_name(string name)
    {
        await using var lenient = await StartAsync("bucket-names");
        var b2 = await B2Wire.AuthorizeAsync(lenient.Url, lenient.Account);

        var bucketId = await b2.CreateBucketAsync(name);
        await b2.UploadAsync(bucketId, "a");

        (await b2.DownloadByNameAsync(Uri.EscapeDataString(name), "a")).ShouldBeOk().Text.ShouldBe("hello");
        await b2.RefusedAsync(
            "b2_create_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketName"] = "a/b",
                ["bucketType"] = "allPrivate",
            },
            400,
            "bad_request"
        );
    }

    [Fact]
    public async Task Files_may_have_any_name()
    {
        await using var lenient = await StartAsync("file-names");
        var (b2, bucketId) = await NewBucketAsync(lenient);
        string[] names = ["a\u0001b\u007f", new string('x', 1100)];

        foreach (var name in names)
        {
            (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), name, Hello)).ShouldBeOk();
        }
        await b2.StartLargeFileAsync(bucketId, names[0]);
        await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = names[0] });

        (await b2.VersionsAsync(bucketId)).Select(B2Wire.NameOf).Distinct().ShouldBe(names);
        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "", Hello)).ShouldBeRefused(400, "bad_request");
    }

    [Fact]
    public async Task Locked_versions_are_deleted()
    {
        await using var lenient = await StartAsync("retention");

        (await DeleteLockedAsync(await B2Wire.AuthorizeAsync(lenient.Url, lenient.Account))).ShouldBeOk();
        (await DeleteLockedAsync(await NewAccountAsync())).ShouldBeRefused(401, "access_denied");

        static async Task<WireReply> DeleteLockedAsync(B2Wire b2)
        {
            var bucket = await b2.OkAsync(
                "b2_create_bucket",
                new()
                {
                    ["accountId"] = b2.AccountId,
                    ["bucketName"] = NewBucketName(),
                    ["bucketType"] = "allPrivate",
                    ["fileLockEnabled"] = true,
                }
            );
            var file = await b2.UploadAsync(B2Wire.Text(bucket["bucketId"]), "a", "hello", ("X-Bz-File-Legal-Hold", "on"));
            return await b2.CallAsync("b2_delete_file_version", new() { ["fileName"] = "a", ["fileId"] = B2Wire.IdOf(file) });
        }
    }

    [Fact]
    public async Task Every_key_may_do_everything()
    {
        await using var lenient = await StartAsync("capabilities");
        var master = await B2Wire.AuthorizeAsync(lenient.Url, lenient.Account);

        var weak = await master.WithKeyAsync(["listFiles"]);
        var bucketId = await weak.CreateBucketAsync();
        var file = await weak.UploadAsync(bucketId, "a");

        (await weak.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk();
    }

    [Fact]
    public async Task Keys_are_not_restricted()
    {
        await using var lenient = await StartAsync("key-restrictions");
        var (master, bucketId) = await NewBucketAsync(lenient);
        var other = await master.CreateBucketAsync();

        var narrow = await master.WithKeyAsync(["writeFiles"], [bucketId], "only/");

        await narrow.UploadAsync(other, "elsewhere");
    }

    [Fact]
    public async Task Tokens_do_not_grow_old_but_can_be_expired()
    {
        await using var lenient = await StartAsync("token-expiry");
        var b2 = await B2Wire.AuthorizeAsync(lenient.Url, lenient.Account);
        JsonObject Body() => new() { ["accountId"] = b2.AccountId };

        await lenient.Clock.AdvanceAsync(TimeSpan.FromDays(1000), Cancelled);
        await b2.OkAsync("b2_list_buckets", Body());
        lenient.Faults.Add(new() { ExpireToken = true, Count = 1 });

        await b2.RefusedAsync("b2_list_buckets", Body(), 401, "expired_auth_token");
        await b2.RefusedAsync("b2_list_buckets", Body(), 401, "expired_auth_token");
    }

    [Fact]
    public async Task Pages_of_every_origin_may_download()
    {
        await using var lenient = await StartAsync("cors");
        var (b2, bucketId) = await NewBucketAsync(lenient);
        var file = await b2.UploadAsync(bucketId, "a");

        var reply = await b2.DownloadByIdAsync(B2Wire.IdOf(file), headers: ("Origin", "https://a.example"));

        reply.ShouldBeOk().Header("Access-Control-Allow-Origin").ShouldBe("*");
    }

    [Fact]
    public async Task Versions_to_come_are_answered_as_the_last()
    {
        await using var lenient = await StartAsync("api-versions");
        Task<WireReply> TryAsync(B2Emulator emulator, string version) =>
            B2Wire.TryAuthorizeAsync(emulator.Url, emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey, version);

        (await TryAsync(lenient, "v5")).ShouldBeOk().Json["apiInfo"]!["storageApi"]!["allowed"].ShouldNotBeNull();
        (await TryAsync(lenient, "v0")).ShouldBeRefused(404);
        (await TryAsync(lenient, "vx")).ShouldBeRefused(404);
        (await TryAsync(Emulator, "v5")).ShouldBeRefused(404);
    }

    private static Task<B2Emulator> StartAsync(params string[] lenient) =>
        B2Emulator.StartAsync(new B2EmulatorOptions { Lenient = lenient, MinimumPartSize = EmulatorFixture.MinimumPartSize }, Cancelled);

    private static async Task<(B2Wire B2, string BucketId)> NewBucketAsync(B2Emulator emulator)
    {
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        return (b2, await b2.CreateBucketAsync());
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (!File.Exists(Path.Combine(folder.FullName, "B2Sdk.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
